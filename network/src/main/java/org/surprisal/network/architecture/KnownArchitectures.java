package org.surprisal.network.architecture;

import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Border;
import org.surprisal.tensor.Window;

/// Convolutional networks that the documents name.
public final class KnownArchitectures {
    private KnownArchitectures() {
    }

    /// LeNet as Landsverk's thesis has it (section 5.1.3) for images of 28x28: convolutions of 10 and 20 channels by
    /// 5x5, each pooled by 2, then 50 and 10 linear units.
    public static Architecture leNet() {
        return Architecture.of(1, 28, 28).convolution(10, Window.of(5)).maxPooling(2).activation(Activation.RELU)
                .convolution(20, Window.of(5)).maxPooling(2).activation(Activation.RELU).flatten().linear(50)
                .activation(Activation.RELU).linear(10);
    }

    /// The lecture notes' network (Fig 179): convolutions of 16 and 32 channels over mirrored borders, each pooled by
    /// 2, then 200 and `classes` linear units. The softmax is the loss's.
    ///
    /// @param channels 1 for MNIST, 3 for CIFAR-10
    /// @param size height and width of the images
    public static Architecture lectureNotes(int channels, int size, int classes) {
        return Architecture.of(channels, size, size)
                .then(new LayerSpec.Convolution(16, Window.of(5).same(), Border.REFLECT, true))
                .activation(Activation.RELU).maxPooling(2)
                .then(new LayerSpec.Convolution(32, Window.of(3).same(), Border.REFLECT, true))
                .activation(Activation.RELU).maxPooling(2).flatten().linear(200).activation(Activation.RELU)
                .linear(classes);
    }

    /// VGG16 for images of 224x224 (Simonyan and Zisserman 2015, configuration D; the notes' Table 7).
    public static Architecture vgg16(int classes) {
        int[][] blocks = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
        Architecture architecture = Architecture.of(3, 224, 224);
        for (int[] block : blocks) {
            for (int channels : block) {
                architecture = architecture.convolution(channels, Window.of(3).same()).activation(Activation.RELU);
            }
            architecture = architecture.maxPooling(2);
        }
        return architecture.flatten().linear(4096).activation(Activation.RELU).dropout(0.5).linear(4096)
                .activation(Activation.RELU).dropout(0.5).linear(classes);
    }
}
