package org.surprisal.bench.pytorch;

/// The objectives that workloads share.
public final class TorchScripts {
    private TorchScripts() {
    }

    /// Fully connected layers with tanh between them.
    ///
    /// @param last what is done with the last layer's `h`, indented by four blanks; it sets `loss`
    public static String perceptron(String last) {
        return """
                    h = x
                    layers = torch.floordiv(torch.len(w), 2)
                    for i in range(layers):
                      h = torch.linear(h, w[torch.mul(2, i)], w[torch.add(torch.mul(2, i), 1)])
                      if torch.lt(i, torch.sub(layers, 1)):
                        h = torch.tanh(h)
                """ + last;
    }
}
