package org.surprisal.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.surprisal.settings.MessageText;

/// Something a user's file or data got wrong.
///
/// The message is one line fit to be shown as it is: what was wrong, where (file, field, value), what would be right.
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// An error found in the data itself.
    public DataException(String message) {
        super(MessageText.line(message));
    }

    /// An error that another failure, of the disk or the network say, stands behind.
    public DataException(String message, Throwable cause) {
        super(MessageText.line(message), cause);
    }

    /// A file that the operating system or a library refused.
    ///
    /// @param failed what could not be done, such as 'cannot be read'
    public static DataException about(Path file, String failed, IOException cause) {
        String message = cause.getMessage();
        String reason = switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException e -> e.getFile() + " is not a folder";
            case NoSuchFileException _ -> "it does not exist";
            case NotDirectoryException _ -> "it is not a folder";
            case DirectoryNotEmptyException _ -> "it is a folder that is not empty";
            case FileSystemLoopException _ -> "its links lead back to themselves";
            case EOFException _ -> "it ends early";
            case ZipException _ -> "it is damaged, or no whole zip archive";
            // Its message is the file's path, which may be that of a temporary file, and often no reason.
            case FileSystemException e -> e.getReason() == null ? "the file system gives no reason" : e.getReason();
            default -> message == null || message.isBlank() ? "the system gives no reason" : message;
        };
        return new DataException(file + " " + failed + ": " + reason, cause);
    }
}
