package org.surprisal.network;

/// Training left the finite numbers. The message, one line, says in which epoch, step and layer.
public final class DivergenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DivergenceException(String message) {
        super(message);
    }
}
