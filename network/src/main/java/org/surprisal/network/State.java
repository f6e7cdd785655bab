package org.surprisal.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// What a training run has to remember to go on where it was: tensors and numbers, by name. Parts of it write below a
/// name of their own, `optimiser.steps`. Tensors are copied in, so that training may go on changing them; only
/// [Trainer#keep] hands out states that share them with the run.
public final class State {
    private final Map<String, Tensor> tensors;
    private final Map<String, String> numbers;
    private final String prefix;
    private final boolean shares;

    private State(Map<String, Tensor> tensors, Map<String, String> numbers, String prefix, boolean shares) {
        this.tensors = tensors;
        this.numbers = numbers;
        this.prefix = prefix;
        this.shares = shares;
    }

    /// Nothing yet.
    public State() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), "", false);
    }

    /// An empty state whose tensors that are put in share their numbers with the run: of what is written to a file at
    /// once, a second copy of all weights and moments would double the memory. It is right until the run goes on.
    public static State sharing() {
        return new State(new LinkedHashMap<>(), new LinkedHashMap<>(), "", true);
    }

    /// The same with tensors of its own.
    public State copy() {
        State copy = new State();
        tensors.forEach(copy::put);
        copy.numbers.putAll(numbers);
        return copy;
    }

    /// What was kept in a file.
    ///
    /// @param tensors by full name
    /// @param numbers by full name, as [#numbers] gives them
    public static State of(Map<String, Tensor> tensors, Map<String, String> numbers) {
        return new State(new LinkedHashMap<>(tensors), new LinkedHashMap<>(numbers), "", false);
    }

    /// A state that holds another's tensors and numbers below a name.
    public static State of(Map<String, Tensor> tensors, Map<String, String> numbers, String below) {
        State state = new State();
        tensors.forEach((name, tensor) -> state.tensors.put(below + "." + name, tensor));
        numbers.forEach((name, number) -> state.numbers.put(below + "." + name, number));
        return state;
    }

    /// The same state, seen from a part's name: `below("optimiser")` writes and reads `optimiser.…`.
    public State below(String name) {
        return new State(tensors, numbers, prefix + name + ".", shares);
    }

    /// Every tensor by full name.
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /// Every number by full name, as a text that gives the same number back.
    public Map<String, String> numbers() {
        return Collections.unmodifiableMap(numbers);
    }

    public void put(String name, Tensor value) {
        tensors.put(prefix + name, shares ? value.detached() : value.tracked().detached());
    }

    public void put(String name, double value) {
        numbers.put(prefix + name, Double.toString(value));
    }

    public void put(String name, long value) {
        numbers.put(prefix + name, Long.toString(value));
    }

    /// A text, kept among the numbers.
    public void put(String name, String text) {
        numbers.put(prefix + name, text);
    }

    /// A text that was kept; empty when there is none of this name.
    public Optional<String> findText(String name) {
        return Optional.ofNullable(numbers.get(prefix + name));
    }

    /// Tensors under their place in the collection.
    public void put(String name, Collection<Tensor> values) {
        State below = below(name);
        below.put("count", values.size());
        int i = 0;
        for (Tensor value : values) {
            below.put(Integer.toString(i++), value);
        }
    }

    /// Whether there is a number of this name.
    public boolean has(String name) {
        return numbers.containsKey(prefix + name);
    }

    /// A tensor.
    ///
    /// @throws IllegalArgumentException when there is none of this name
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(prefix + name);
        if (tensor == null) {
            throw new IllegalArgumentException("the saved state has no tensor '" + prefix + name + "'");
        }
        return tensor;
    }

    /// Gives a tensor of the run the numbers that were kept of it.
    ///
    /// @throws IllegalArgumentException when there are none, or of another shape or element type
    public void copyTo(String name, Tensor target) {
        Tensor kept = tensor(name);
        if (!kept.shape().equals(target.shape()) || kept.type() != target.type()) {
            throw new IllegalArgumentException("the saved state's '" + prefix + name + "' is " + kept.type() + " "
                    + kept.shape() + ", and this run's " + target.type() + " " + target.shape());
        }
        InPlace.assign(target, kept);
    }

    /// Copies of tensors that were kept under their places.
    public List<Tensor> copies(String name) {
        State below = below(name);
        List<Tensor> copies = new ArrayList<>();
        for (long i = 0; i < below.count("count"); i++) {
            copies.add(below.tensor(Long.toString(i)).tracked().detached());
        }
        return copies;
    }

    /// A number.
    ///
    /// @throws IllegalArgumentException when there is none of this name, or no number in its place
    public double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException none) {
            throw damaged(name, "a number", none);
        }
    }

    /// A whole number that is not negative.
    ///
    /// @throws IllegalArgumentException when there is none of this name, or something else in its place
    public long count(String name) {
        return count(name, Long.MAX_VALUE);
    }

    /// A [#count] that is at most the largest length of an array.
    ///
    /// @throws IllegalArgumentException when there is none of this name, or something else in its place
    public int size(String name) {
        return (int) count(name, Integer.MAX_VALUE);
    }

    private long count(String name, long most) {
        try {
            long count = Long.parseLong(text(name));
            if (count >= 0 && count <= most) {
                return count;
            }
        } catch (NumberFormatException none) {
            throw damaged(name, "a whole number from 0 to " + most, none);
        }
        throw damaged(name, "a whole number from 0 to " + most, null);
    }

    private IllegalArgumentException damaged(String name, String right, @Nullable NumberFormatException cause) {
        return new IllegalArgumentException(
                "the saved state's '" + prefix + name + "' (=" + text(name) + ") must be " + right, cause);
    }

    private String text(String name) {
        String text = numbers.get(prefix + name);
        if (text == null) {
            throw new IllegalArgumentException("the saved state has no number '" + prefix + name + "'");
        }
        return text;
    }
}
