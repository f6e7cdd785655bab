package org.surprisal.network.metric;

/// The MNIST confusion matrix of Zahn, Fig 62.
final class MnistDigits {
    private MnistDigits() {
    }

    /// Cell [8][8] is printed as 227; the printed accuracy, 12'855 of 14'000, needs 1227.
    static ConfusionMatrix matrix() {
        return ConfusionMatrix.ofCounts(new long[][]{{1336, 0, 2, 3, 5, 7, 13, 3, 9, 2},
                {1, 1575, 11, 7, 1, 7, 2, 3, 23, 2}, {8, 9, 1290, 23, 15, 5, 16, 19, 43, 5},
                {8, 4, 31, 1258, 2, 41, 3, 23, 47, 14}, {2, 8, 10, 1, 1244, 1, 8, 7, 21, 26},
                {12, 9, 4, 40, 22, 1091, 33, 11, 65, 10}, {9, 1, 6, 0, 18, 13, 1275, 0, 9, 0},
                {5, 4, 10, 7, 16, 1, 1, 1365, 5, 30}, {9, 19, 11, 22, 11, 22, 10, 5, 1227, 15},
                {6, 10, 2, 19, 60, 8, 1, 53, 20, 1194}});
    }
}
