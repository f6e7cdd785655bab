/// Estimators of mutual information that train a network, and the list of all estimators.
module org.surprisal.estimate {
    requires static org.jspecify;
    requires transitive org.surprisal.information;
    requires org.surprisal.network;
    uses org.surprisal.estimate.EstimatorKind;
    exports org.surprisal.estimate;
}
