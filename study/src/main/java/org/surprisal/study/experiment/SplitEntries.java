package org.surprisal.study.experiment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Parts;
import org.surprisal.data.Split;
import org.surprisal.data.Splitting;
import org.surprisal.settings.MessageText;
import org.surprisal.settings.Setting;
import org.surprisal.tensor.RandomStream;

/// How the samples of an experiment are divided: `split: {validation: 0.1, test: 0.2}`, `split: {train: 1000, test:
/// 140}`, `folds: 5`.
///
/// A number below 1 is a share of the samples that are divided, a whole number of at least 1 counts them.
final class SplitEntries {
    /// The key of the parts' sizes.
    static final String SPLIT = "split";
    /// The key of the number of folds.
    static final Setting<Integer> FOLDS = Setting.integer("folds", 5, 2, Integer.MAX_VALUE,
            "parts that are the test samples in turn");

    private static final Setting<Boolean> STRATIFIED = Setting.flag("stratified", true,
            "whether each class is divided alike");
    private static final List<String> PARTS = List.of("train", "validation", "test");

    private final Fields data;
    private final RandomStream stream;
    private final int fold;

    /// @param data the entries of `data`
    /// @param stream of what is drawn; the folds of one stream belong to one division
    /// @param fold which of the folds is the test part, from 1; 1 where there are none
    SplitEntries(Fields data, RandomStream stream, int fold) {
        int folds = data.find(FOLDS.key()).map(entry -> entry.as(FOLDS)).orElse(1);
        if (fold < 1 || fold > folds) {
            throw new IllegalArgumentException("fold " + fold + " is not one of 1 … " + folds);
        }
        this.data = data;
        this.stream = stream;
        this.fold = fold;
    }

    /// How many folds an experiment's `data` ask for: 1 where the samples are divided once.
    static int folds(Entry data) {
        Entry folds = data.map().get(FOLDS.key());
        return folds == null ? 1 : folds.as(FOLDS);
    }

    /// The key that divides samples, where one is given.
    Optional<Entry> given() {
        return data.find(SPLIT).or(() -> data.find(FOLDS.key()));
    }

    /// The parts of samples that come in one piece.
    SampleParts divide(Dataset all) {
        if (data.has(FOLDS.key())) {
            return fold(all);
        }
        if (!data.has(SPLIT)) {
            return new SampleParts(all, Optional.empty(), Optional.empty());
        }
        Fields split = data.require(SPLIT).fields("train", "validation", "test", STRATIFIED.key());
        Map<String, BigDecimal> given = new LinkedHashMap<>();
        for (String part : PARTS) {
            split.find(part).ifPresent(entry -> given.put(part, amount(entry)));
        }
        BigDecimal validation = given.getOrDefault("validation", BigDecimal.ZERO);
        BigDecimal test = given.getOrDefault("test", BigDecimal.ZERO);
        boolean shares = given.values().stream().allMatch(SplitEntries::isShare);
        if (!given.containsKey("validation") && !given.containsKey("test")) {
            throw split.owner().refusal(": needs 'validation' or 'test', a share of all samples below 1 or a number of"
                    + " samples");
        }
        if (shares && !given.containsKey("train") && validation.add(test).compareTo(BigDecimal.ONE) >= 0) {
            throw split.owner()
                    .refusal(": 'validation' and 'test' are shares of all samples, above 0 and together below 1");
        }
        return placed(split.owner(), () -> given.containsKey("train") || !shares
                ? counted(splitting(split, all, "split"), given, all.size())
                : shared(splitting(split, all, "split"), given, validation.doubleValue(), test.doubleValue()));
    }

    private static SampleParts shared(Splitting splitting, Map<String, BigDecimal> given, double validation,
            double test) {
        if (given.size() == 2) {
            return parts(splitting.intoShares(1 - validation - test, validation));
        }
        return parts(splitting.intoShares(1 - validation - test), given.containsKey("test"));
    }

    /// What no part takes goes to the training part, unless that has a size of its own.
    private static SampleParts counted(Splitting splitting, Map<String, BigDecimal> given, int samples) {
        Map<String, Integer> sizes = sizes(given, samples);
        int validation = sizes.getOrDefault("validation", 0);
        int test = sizes.getOrDefault("test", 0);
        int train = sizes.getOrDefault("train", samples - validation - test);
        if (given.containsKey("validation") && given.containsKey("test")) {
            return parts(splitting.intoCounts(train, validation, test));
        }
        return parts(splitting.intoCounts(train, validation + test), given.containsKey("test"));
    }

    /// The number of samples of each part. Shares are rounded together, so that they never make more than their sum.
    private static Map<String, Integer> sizes(Map<String, BigDecimal> given, int samples) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        BigDecimal before = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> part : given.entrySet()) {
            BigDecimal amount = part.getValue();
            if (isShare(amount)) {
                BigDecimal after = before.add(amount);
                sizes.put(part.getKey(), rounded(after, samples) - rounded(before, samples));
                before = after;
            } else {
                sizes.put(part.getKey(), amount.intValueExact());
            }
        }
        return sizes;
    }

    private static int rounded(BigDecimal share, int samples) {
        return share.multiply(BigDecimal.valueOf(samples)).setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    private static SampleParts parts(Parts parts) {
        return new SampleParts(parts.train(), Optional.of(parts.validation()), Optional.of(parts.test()));
    }

    private static SampleParts parts(Split parts, boolean test) {
        Optional<Dataset> second = Optional.of(parts.test());
        return new SampleParts(parts.train(), test ? Optional.empty() : second, test ? second : Optional.empty());
    }

    private SampleParts fold(Dataset all) {
        Entry folds = data.require(FOLDS.key());
        Optional<Fields> split = data.find(SPLIT).map(entry -> validationAlone(entry,
                ": with 'folds' the test samples are one fold and the training samples all others: leave it out"));
        boolean stratified = split.map(fields -> fields.get(STRATIFIED)).orElse(STRATIFIED.defaultValue());
        Split parts = placed(folds, () -> splitting(stratified, all, "split")
                .intoFolds(folds.as(FOLDS)).get(fold - 1));
        return split.flatMap(fields -> fields.find("validation"))
                .map(entry -> withValidation(entry, stratified, parts.train(), parts.test(), "validation"))
                .orElseGet(() -> parts(parts, true));
    }

    /// The parts of samples that come with test samples of their own: a split takes validation samples from the
    /// training part.
    SampleParts fromTraining(Dataset train, Dataset test) {
        if (!data.has(SPLIT)) {
            return new SampleParts(train, Optional.empty(), Optional.of(test));
        }
        Fields split = validationAlone(data.require(SPLIT), ": the data set has test samples of its own: leave it out,"
                + " or say 'pool: true' to divide all samples");
        return withValidation(split.require("validation"), split.get(STRATIFIED), train, test, "split");
    }

    /// A split that only takes validation samples from the training samples.
    ///
    /// @param problem of sizes of the other parts
    private static Fields validationAlone(Entry split, String problem) {
        Fields fields = split.fields("train", "validation", "test", STRATIFIED.key());
        List.of("train", "test").forEach(part -> fields.find(part).ifPresent(entry -> {
            throw entry.refusal(problem);
        }));
        return fields;
    }

    private SampleParts withValidation(Entry size, boolean stratified, Dataset train, Dataset test, String purpose) {
        BigDecimal amount = amount(size);
        Splitting splitting = splitting(stratified, train, purpose);
        Split parts = placed(size, () -> isShare(amount)
                ? splitting.intoShares(1 - amount.doubleValue())
                : splitting.intoCounts(train.size() - amount.intValueExact(), amount.intValueExact()));
        return new SampleParts(parts.train(), Optional.of(parts.test()), Optional.of(test));
    }

    private Splitting splitting(Fields split, Dataset all, String purpose) {
        return splitting(split.get(STRATIFIED), all, purpose);
    }

    private Splitting splitting(boolean stratified, Dataset all, String purpose) {
        RandomStream drawn = stream.child(purpose);
        return all.classes() > 0 && stratified ? Splitting.stratified(all, drawn) : Splitting.shuffled(all, drawn);
    }

    private static boolean isShare(BigDecimal amount) {
        return amount.compareTo(BigDecimal.ONE) < 0;
    }

    /// A share above 0 and below 1, or a whole number.
    private static BigDecimal amount(Entry entry) {
        String text = entry.text();
        try {
            BigDecimal amount = new BigDecimal(text.strip());
            boolean representable = amount.signum() > 0 && amount.doubleValue() > 0;
            if (representable && (isShare(amount) || amount.intValueExact() > 0)) {
                return amount;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // The refusal says what numbers there may be.
        }
        throw entry.refusal(" is " + MessageText.quoted(text)
                + ": must be a share of the samples above 0 and below 1, or a whole number of samples");
    }

    /// What a division gives; one that cannot be made is refused at its entry.
    private static <T> T placed(Entry entry, Supplier<T> division) {
        try {
            return division.get();
        } catch (DataException e) {
            throw entry.refusal(": " + e.getMessage());
        }
    }
}
