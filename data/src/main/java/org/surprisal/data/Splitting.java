package org.surprisal.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.RandomStream;

/// Divides a data set into parts that share no sample. The order of the samples is drawn once, from the stream alone;
/// the parts are views of the data set and come in that order.
///
/// ```java
/// Parts parts = Splitting.stratified(data, stream).intoShares(0.6, 0.2); // the remaining 0.2 to test by
/// ```
///
/// Sizes: with n samples and shares a, b the training part has round(a n) samples, training and validation together
/// have round((a + b) n), and the test part has the rest; halves are rounded up, and shares are taken as the decimal
/// numbers they are written as. A stratified part has the same size; of a class with m samples it holds m times the
/// part's share of all samples, rounded down or up.
public final class Splitting {
    private final Dataset data;
    private final int[] order;
    private final int[] strata;
    private final int[] strataSizes;

    private Splitting(Dataset data, RandomStream stream, int[] strata, int[] strataSizes) {
        this.data = data;
        this.order = stream.permutation(data.size());
        this.strata = strata;
        this.strataSizes = strataSizes;
    }

    /// Any sample may come into any part.
    public static Splitting shuffled(Dataset data, RandomStream stream) {
        return new Splitting(data, stream, new int[data.size()], new int[]{data.size()});
    }

    /// Each class is divided as the whole is, as far as whole samples allow. Reads every sample's class.
    ///
    /// @throws DataException when the targets are values, not classes
    public static Splitting stratified(Dataset data, RandomStream stream) {
        int[] labels = ClassLabels.of(data);
        return new Splitting(data, stream, labels, ClassLabels.counts(labels, data.classes()));
    }

    /// Two parts, the first with this share of the samples.
    ///
    /// @param train in (0, 1)
    /// @throws DataException when the share is none, or a part would have no sample
    public Split intoShares(double train) {
        int first = rounded(share("train", train));
        return intoCounts(first, data.size() - first);
    }

    /// Three parts, the first two with these shares of the samples, the third with the rest.
    ///
    /// @param train in (0, 1)
    /// @param validation in (0, 1 - train)
    /// @throws DataException when the shares are none, or a part would have no sample
    public Parts intoShares(double train, double validation) {
        BigDecimal share = share("train", train);
        int first = rounded(share);
        int second = rounded(share.add(share("validation", validation)));
        return intoCounts(first, second - first, data.size() - second);
    }

    /// Two parts of these sizes. Samples beyond them are left out.
    ///
    /// @throws DataException when a size is not positive or there are too few samples
    public Split intoCounts(int train, int test) {
        int[][] parts = parts(train, test);
        return new Split(data.rows(parts[0]), data.rows(parts[1]));
    }

    /// Three parts of these sizes. Samples beyond them are left out.
    ///
    /// @throws DataException when a size is not positive or there are too few samples
    public Parts intoCounts(int train, int validation, int test) {
        int[][] parts = parts(train, validation, test);
        return new Parts(data.rows(parts[0]), data.rows(parts[1]), data.rows(parts[2]));
    }

    /// The same number of training samples of each class, then validation and test samples from what is left, whatever
    /// their class: with 20, 500 and 1000 the manner of Yang, Cohen and Salakhutdinov (2016), 'Planetoid', but with
    /// samples of this stream.
    ///
    /// @throws DataException when this is not stratified, a size is not positive or there are too few samples
    public Parts intoCountsWithEqualClasses(int trainOfEachClass, int validation, int test) {
        if (data.classes() == 0 || strataSizes.length != data.classes()) {
            throw new DataException("data set " + data.name()
                    + ": equal classes need its classes, use Splitting.stratified");
        }
        int[] left = new int[strataSizes.length];
        Arrays.fill(left, trainOfEachClass);
        for (int c = 0; c < left.length; c++) {
            if (trainOfEachClass < 1 || strataSizes[c] < trainOfEachClass) {
                throw new DataException("data set " + data.name() + ": " + trainOfEachClass
                        + " training samples cannot be taken from the " + strataSizes[c] + " of class "
                        + data.classNames().get(c));
            }
        }
        List<Integer> train = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int row : order) {
            (left[strata[row]]-- > 0 ? train : others).add(row);
        }
        requireSizes(others.size(), validation, test);
        return new Parts(view(train), view(others.subList(0, validation)),
                view(others.subList(validation, validation + test)));
    }

    /// k pairs of a validation part (`test`) and all other samples (`train`): every sample is in exactly one validation
    /// part. Their sizes differ by at most 1, the first n modulo k of them being the larger.
    ///
    /// @throws DataException when k is below 2 or above the number of samples
    public List<Split> intoFolds(int k) {
        int n = data.size();
        if (k < 2 || k > n) {
            throw new DataException("data set " + data.name() + ": its " + n + " samples cannot make " + k
                    + " folds; 2 to " + n + " can be made");
        }
        int[] sizes = IntStream.range(0, k).map(fold -> n / k + (fold < n % k ? 1 : 0)).toArray();
        int[][] folds = parts(sizes);
        return IntStream.range(0, k).mapToObj(fold -> new Split(
                data.rows(IntStream.range(0, k).filter(other -> other != fold)
                        .flatMap(other -> IntStream.of(folds[other])).toArray()),
                data.rows(folds[fold]))).toList();
    }

    /// The rows of each part, in the order drawn.
    private int[][] parts(int... sizes) {
        requireSizes(data.size(), sizes);
        int[] columns = Arrays.copyOf(sizes, sizes.length + 1);
        columns[sizes.length] = data.size() - IntStream.of(sizes).sum();
        int[][] room = Apportionment.of(strataSizes, columns);
        int[][] parts = IntStream.of(columns).mapToObj(int[]::new).toArray(int[][]::new);
        int[] taken = new int[columns.length];
        for (int row : order) {
            int[] left = room[strata[row]];
            int part = 0;
            while (left[part] == 0) {
                part++;
            }
            left[part]--;
            parts[part][taken[part]++] = row;
        }
        return parts;
    }

    private void requireSizes(int available, int... sizes) {
        long sum = IntStream.of(sizes).asLongStream().sum();
        if (IntStream.of(sizes).anyMatch(size -> size < 1) || sum > available) {
            throw new DataException("data set " + data.name() + ": parts of " + Arrays.toString(sizes)
                    + " samples cannot be made from " + available + "; each needs at least 1");
        }
    }

    private Dataset view(List<Integer> rows) {
        return data.rows(rows.stream().mapToInt(Integer::intValue).toArray());
    }

    private static BigDecimal share(String part, double share) {
        if (!(share > 0 && share < 1)) {
            throw new DataException("the share of the " + part + " part is " + share + "; it is above 0 and below 1");
        }
        return BigDecimal.valueOf(share);
    }

    private int rounded(BigDecimal share) {
        if (share.compareTo(BigDecimal.ONE) >= 0) {
            throw new DataException("the shares of train and validation make " + share
                    + "; they must leave something to test by");
        }
        return share.multiply(BigDecimal.valueOf(data.size())).setScale(0, RoundingMode.HALF_UP).intValueExact();
    }
}
