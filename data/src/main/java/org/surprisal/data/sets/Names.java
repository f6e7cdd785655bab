package org.surprisal.data.sets;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.surprisal.data.DataException;
import org.surprisal.data.fetch.RemoteFiles;

/// Surnames of 18 languages, one file a language: the data of PyTorch's tutorial on character-level recurrent networks.
///
/// From the 20,074 lines of the files to names:
/// - accents are dropped (Unicode NFD without its nonspacing marks), then every character outside [NameSet#ALPHABET],
///   so that 'Ślusàrski' is read as 'Slusarski', 'Groß' as 'Gro' and 'Au-Yong' as 'AuYong', as in the tutorial; blanks
///   at the ends are dropped and those between words made one;
/// - a name that its language has twice (Arabic.txt has 108 names in 2000 lines) counts once, where it is first; one
///   that two languages have stays in both;
/// - names of more than [NameSet#LENGTH] characters are left out, and so are the 24 lines of Russian.txt that read 'To
///   The First Page', a web page's link.
public final class Names {
    /// The 18 files, of one archive.
    public static final RemoteFiles FILES = new RemoteFiles("names", List.of(
            file("Arabic", 13_190, "6f424a8dbe51cbbbabab7a57d38b617210125e4e3991f3c657cb79b8f104bafc"),
            file("Chinese", 1_247, "49263ef55a8cb1740e841d65cad8214b2f9b5b869bc534c811746422496fa91e"),
            file("Czech", 3_919, "145bbbd6d0816578f03388e92c264d39ef1c60df920b081d371fa5c5cc055a8e"),
            file("Dutch", 2_351, "924f32b635170eae561f84538632138fc07d4c8bbd70ba3fb980de1ecc4d2af3"),
            file("English", 27_125, "9cca037066d3d5989e24bc01801416162de506b5e28e15b7c092a47905d29bf2"),
            file("French", 2_178, "81e65b36c60ed5b89a17422f6edcadbb89546f38ad69e960e64e7ba682012a95"),
            file("German", 5_610, "7449cd590b97a733e18d613a4155decd77ec35dc5f8aadd7a82204dce4f051db"),
            file("Greek", 1_981, "3555b5186de7f401e6d991b088e9e644ca3099116477818c25ab5793801389e6"),
            file("Irish", 1_858, "cf8c7013256252a88d2503127b87282a11f21b2ff6db1bded68834c19a1ec058"),
            file("Italian", 5_657, "f88414c27d0606a11a678b4859277828c2565d6cc4d9ee932deef6e94f3b35e4"),
            file("Japanese", 7_622, "e0e717e114fec3e7eade4d9dabe0067c475f43147e36a22b47902ee76ad9e67f"),
            file("Korean", 423, "cd54221ccb362a6cba4c78828838cf3268a0e59744767a37cf6ec4b74036b136"),
            file("Polish", 1_165, "45bab898af2f60ed3a728bbf6980e28821011a7caa53227553b5785903a40826"),
            file("Portuguese", 554, "50a8735f41f4f73757c8ce5b16cb0275cd86b2b214bcbc8c9805f508cb131c53"),
            file("Russian", 85_605, "43b3e64ce351f77f1ac9e0cdf7566012d127f4371875fd25208845b5c9d6f7c3"),
            file("Scottish", 752, "78d0252711d87d948ea86fe34826c51d2d794a8e52d15b5d6f7b6244d45d62dd"),
            file("Spanish", 2_284, "1bcb462ed3316756a85781d68232bddae04498fdddd5d9219c53fd1fbdeba7a7"),
            file("Vietnamese", 339, "f3f9e4164ab47601178a6e45b216464a64122f49d05541f24bf18a757253281d")),
            List.of(URI.create("https://download.pytorch.org/tutorial/data.zip")));

    private Names() {
    }

    /// Reads the files `names/*.txt` of a data folder. Names are in the order of languages, then of lines.
    ///
    /// @throws DataException when files are missing, not UTF-8, or hold a line without a letter
    public static NameSet load(Path dataFolder) {
        return read(FILES.present(dataFolder));
    }

    /// Files named by their languages.
    static NameSet read(List<Path> files) {
        SequencedMap<String, SequencedSet<String>> names = new LinkedHashMap<>();
        for (Path file : files) {
            String language = file.getFileName().toString().replaceFirst("\\.txt$", "");
            names.put(language, namesOf(file));
        }
        return NameSet.of(names);
    }

    private static SequencedSet<String> namesOf(Path file) {
        SequencedSet<String> names = new LinkedHashSet<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String name = folded(line);
            if (name.isEmpty() && !line.isBlank()) {
                throw new DataException(file + " line " + number + ": '" + line + "' has no letter of A-Z or a-z, even"
                        + " without accents");
            }
            if (!name.isEmpty() && name.length() <= NameSet.LENGTH) {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            throw new DataException(file + " holds no name");
        }
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }

    /// A name in the letters of the alphabet alone.
    static String folded(String line) {
        StringBuilder name = new StringBuilder();
        for (char c : Normalizer.normalize(line, Normalizer.Form.NFD).toCharArray()) {
            if (NameSet.ALPHABET.indexOf(c) >= 0) {
                name.append(c);
            }
        }
        return name.toString().strip().replaceAll(" +", " ");
    }

    private static RemoteFiles.File file(String language, long size, String sha256) {
        return new RemoteFiles.File(language + ".txt", size, sha256);
    }
}
