package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.DataException;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Sequential;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Whose words are shown to users.
class FailuresTest {
    private static final String INTERNAL = "; please report it with what --debug shows";

    @TempDir
    private Path temporary;

    private static IllegalArgumentException ofTheJdk() {
        return catchThrowableOfType(IllegalArgumentException.class, () -> new ArrayList<>(-1));
    }

    private static IllegalArgumentException refused(Layer layer) {
        Network network = new Network(new Sequential(Map.of("odd", layer)));
        return catchThrowableOfType(IllegalArgumentException.class,
                () -> network.evaluate(Tensor.zeros(ElementType.FLOAT64, 1, 2)));
    }

    @Test
    void wordsOfOurCodeAreForUsersAndThoseOfTheJdkAreNot() {
        IllegalArgumentException ours = new IllegalArgumentException("width (=0) must be at least 1");
        assertThat(Failures.words(ours)).isEqualTo("width (=0) must be at least 1");
        assertThat(Failures.reason(ours)).isEqualTo("width (=0) must be at least 1");

        IllegalArgumentException foreign = ofTheJdk();
        assertThatThrownBy(() -> Failures.words(foreign)).isSameAs(foreign);
        assertThat(Failures.reason(foreign)).isEqualTo("internal error: IllegalArgumentException" + INTERNAL);
    }

    @Test
    void layerThatRefusesItsInputIsNamed() {
        IllegalArgumentException ours = refused((x, pass) -> x.matmul(x));
        assertThat(Failures.reason(ours)).startsWith("layer 'odd': matmul: ");
    }

    @Test
    void wordsOfTheJdkBehindTheNameOfALayerAreNotForUsers() {
        IllegalArgumentException foreign = refused((x, pass) -> {
            assertThat(new ArrayList<>(-x.length(1))).isEmpty();
            return x;
        });
        assertThat(foreign).hasMessage("layer 'odd': Illegal Capacity: -2");
        assertThat(Failures.isForUsers(foreign)).isFalse();
        assertThat(Failures.reason(foreign)).isEqualTo("internal error: IllegalArgumentException" + INTERNAL);
    }

    @Test
    void wordsOfTheJdkInAnyWrapperAreNotForUsers() {
        RuntimeException foreign = ofTheJdk();
        RuntimeException silent = new NullPointerException();
        for (RuntimeException wrapper : List.of(new DataException(String.valueOf(foreign.getMessage()), foreign),
                new IllegalArgumentException("x has no normal model: " + foreign.getMessage() + " (take another)",
                        foreign),
                new IllegalArgumentException("layer 'a': " + silent.getMessage(), silent))) {
            assertThat(Failures.isForUsers(wrapper)).as(wrapper.getMessage()).isFalse();
        }
        assertThat(Failures.reason(new IllegalArgumentException("layer 'a': " + silent.getMessage(), silent)))
                .isEqualTo("internal error: NullPointerException" + INTERNAL);
    }

    @Test
    void ownWordsAboutAFailureOfTheJdkAreForUsers() {
        DataException damaged = new DataException("x.png is damaged: its image cannot be decoded", ofTheJdk());
        assertThat(Failures.reason(damaged)).isEqualTo("x.png is damaged: its image cannot be decoded");
        assertThat(Failures.reason(new DataException("x.png is damaged: nothing is in it", new RuntimeException(""))))
                .isEqualTo("x.png is damaged: nothing is in it");
    }

    @Test
    void reasonsAreOneLineForTheUser() {
        assertThat(Stream.of(new UncheckedIOException(new NoSuchFileException("a.npz")),
                new FileNotFoundException("a.npz"), new AccessDeniedException("a.npz"), new OutOfMemoryError("heap"),
                new IllegalArgumentException("two\nlines"), new NullPointerException()).map(Failures::reason))
                .containsExactly("no such file: a.npz", "no such file: a.npz", "no permission: a.npz",
                        "out of memory (heap): use a smaller network or batch, or give more with"
                                + " SURPRISAL_JAVA_OPTS=-Xmx..g",
                        "two lines",
                        "internal error: NullPointerException; please report it with what --debug shows");
    }

    private static int divided(int number, int by) {
        return number / by;
    }

    private static long divided(long number, long by) {
        return number % by;
    }

    /// What a stream of the JDK says of a file that it cannot open.
    @Test
    void fileThatCannotBeOpenedIsToldWithItsReason() throws IOException {
        Path missing = temporary.resolve("a (1).npz");
        Path locked = Files.writeString(temporary.resolve("locked"), "");
        assertThatThrownBy(() -> new FileInputStream(missing.toFile()).close())
                .satisfies(e -> assertThat(Failures.reason(e)).isEqualTo("no such file: " + missing));
        assertThatThrownBy(() -> new FileInputStream(temporary.toFile()).close()).satisfies(
                e -> assertThat(Failures.reason(e)).isEqualTo(temporary + " is a folder: a file must be there"));
        Files.setPosixFilePermissions(locked, Set.of());
        if (!Files.isReadable(locked)) {
            assertThatThrownBy(() -> new FileInputStream(locked.toFile()).close())
                    .satisfies(e -> assertThat(Failures.reason(e)).isEqualTo("no permission: " + locked));
        }
        assertThat(Stream.of("a.npz (Permission denied)", "C:\\a.npz (Access is denied)", "a.npz (Too many open files)",
                "a.npz (No such file or directory)").map(FileNotFoundException::new).map(Failures::reason))
                .containsExactly("no permission: a.npz", "no permission: C:\\a.npz",
                        "cannot be read or written: a.npz (Too many open files)", "no such file: a.npz");
    }

    @Test
    void arithmeticThatOurOwnCodeRefusesIsForUsers() {
        assertThat(Failures.reason(new ArithmeticException("the derivative of unit 3 is infinite")))
                .isEqualTo("the derivative of unit 3 is infinite");
    }

    /// What the JDK says of a class, an index or a text is not for users; what our own code refuses is.
    @Test
    void wordsOfTheJdkAreInternalErrors() {
        List<Callable<?>> failing = List.of(() -> Integer.parseInt("x"), () -> List.of(1).get(3),
                () -> Arrays.asList(1).get(2), () -> Math.addExact(Integer.MAX_VALUE, 1),
                () -> Math.toIntExact(1L << 40), () -> divided(1, 0), () -> divided(7L, 0L),
                () -> RunStatus.valueOf("x"));
        for (Callable<?> each : failing) {
            assertThatThrownBy(each::call).satisfies(e -> assertThat(Failures.reason(e)).matches(
                    "internal error: [A-Za-z]+Exception; please report it with what --debug shows"));
        }
        assertThat(Failures.reason(new MalformedInputException(1))).isEqualTo("a file is not UTF-8 text");
    }
}
