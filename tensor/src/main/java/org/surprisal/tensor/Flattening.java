package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Several variables as one vector: one after the other, the elements of each in row-major order. It knows which
/// element of which variable stands at each position.
public final class Flattening {
    private final List<Shape> shapes;
    private final List<ElementType> types;
    private final int[] starts;

    private Flattening(List<Shape> shapes, List<ElementType> types, int[] starts) {
        this.shapes = shapes;
        this.types = types;
        this.starts = starts;
    }

    /// Where an element of the vector comes from.
    ///
    /// @param variable number of the variable, from 0
    /// @param indices its indices there, one an axis
    public record Position(int variable, List<Integer> indices) {
        public Position {
            indices = List.copyOf(indices);
        }
    }

    /// The flattening of variables of these shapes and element types, in this order.
    ///
    /// @throws IllegalArgumentException if there is nothing to flatten, or they have more elements than one array holds
    public static Flattening of(List<Tensor> variables) {
        if (variables.isEmpty()) {
            throw new IllegalArgumentException("there is no variable to flatten");
        }
        int[] starts = new int[variables.size() + 1];
        long end = 0;
        for (int i = 0; i < variables.size(); i++) {
            end += variables.get(i).size();
            if (end > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("the first " + (i + 1) + " variables have " + end
                        + " elements, more than one array holds (" + Integer.MAX_VALUE + ")");
            }
            starts[i + 1] = (int) end;
        }
        if (end == 0) {
            throw new IllegalArgumentException("the variables, " + variables.size() + ", have no elements");
        }
        return new Flattening(variables.stream().map(Tensor::shape).toList(),
                variables.stream().map(Tensor::type).toList(), starts);
    }

    /// Number of elements of the vector.
    public int size() {
        return starts[shapes.size()];
    }

    /// Which element of which variable stands at `index` of the vector.
    public Position position(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("index " + index + " of a vector of " + size());
        }
        int variable = 0;
        while (starts[variable + 1] <= index) {
            variable++;
        }
        Shape shape = shapes.get(variable);
        List<Integer> indices = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            indices.add((index - starts[variable]) / shape.inner(axis) % shape.length(axis));
        }
        return new Position(variable, indices);
    }

    /// Where in the vector an element stands.
    ///
    /// @param variable number of the variable, from 0
    /// @param indices its indices there, one an axis
    public int index(int variable, int... indices) {
        if (variable < 0 || variable >= shapes.size()) {
            throw new IndexOutOfBoundsException("variable " + variable + " of " + shapes.size());
        }
        return starts[variable] + shapes.get(variable).offset(indices);
    }

    /// One tensor for each variable as one vector, a float64 constant of shape (size).
    ///
    /// @throws IllegalArgumentException if a shape is not its variable's
    public Tensor join(List<Tensor> parts) {
        if (parts.size() != shapes.size()) {
            throw new IllegalArgumentException(parts.size() + " tensors for " + shapes.size() + " variables");
        }
        double[] vector = new double[size()];
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).shape().equals(shapes.get(i))) {
                throw new IllegalArgumentException(
                        "tensor " + i + " has shape " + parts.get(i).shape() + ", its variable " + shapes.get(i));
            }
            System.arraycopy(parts.get(i).toDoubles(), 0, vector, starts[i], starts[i + 1] - starts[i]);
        }
        return Tensor.of(vector);
    }

    /// A vector as one constant for each variable, of its shape and element type.
    ///
    /// @throws IllegalArgumentException if the vector does not have shape (size)
    public List<Tensor> split(Tensor vector) {
        if (!vector.shape().equals(Shape.of(size()))) {
            throw new IllegalArgumentException("the variables have " + size() + " elements together, not shape "
                    + vector.shape());
        }
        double[] values = vector.toDoubles();
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            double[] part = Arrays.copyOfRange(values, starts[i], starts[i + 1]);
            parts.add(Tensor.of(part, shapes.get(i).lengths()).to(types.get(i)));
        }
        return parts;
    }
}
