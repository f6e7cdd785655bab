package org.surprisal.information.neighbour;

/// Looks at every point, O(n d) a question: the plain reference, and the faster one in many dimensions.
public record NeighbourScan(NeighbourSpace space) implements NeighbourSearch {

    @Override
    public void nearest(int i, NearestNeighbours found) {
        double[] distances = space.distances(i);
        for (int j = 0; j < distances.length; j++) {
            if (j != i && distances[j] <= found.radius()) {
                found.offer(j, distances[j]);
            }
        }
    }

    @Override
    public int below(double radius, int i) {
        int count = 0;
        for (double distance : space.distances(i)) {
            count += distance < radius ? 1 : 0;
        }
        return count;
    }
}
