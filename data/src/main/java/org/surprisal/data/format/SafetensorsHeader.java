package org.surprisal.data.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// What stands before the numbers of a safetensors file: the names, kinds and places of its tensors, and remarks.
///
/// @param tensors in the header's order
/// @param metadata remarks by name, in the header's order
/// @param start position in the file of the first number
record SafetensorsHeader(SequencedMap<String, Entry> tensors, SequencedMap<String, String> metadata, long start) {
    static final String METADATA = "__metadata__";
    /// The reference implementation's own limit.
    private static final long LONGEST = 100_000_000;
    private static final int LENGTH_FIELD = 8;
    private static final int MOST_AXES = 64;
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// One tensor.
    ///
    /// @param dtype its name in the file, which need not be one that can be read
    /// @param begin of its bytes, counted from the first number of the file
    /// @param end after its last byte
    record Entry(String dtype, Extent extent, long begin, long end) {
        /// Kind of its numbers.
        ///
        /// @param source named in errors
        Dtype readable(String source) {
            Dtype readable = Dtype.ofSafetensors(dtype);
            if (readable == null) {
                throw new DataException(source + " has dtype " + dtype + ", which cannot be read: "
                        + Arrays.stream(Dtype.values()).map(Dtype::name).collect(Collectors.joining(", ")) + " can");
            }
            return readable;
        }
    }

    /// Reads and checks a header: bytes of the tensors follow one another without a gap, up to the file's end.
    ///
    /// @param source named in errors
    static SafetensorsHeader read(FileChannel file, String source) throws IOException {
        byte[] field = new FileSection(file, 0, LENGTH_FIELD).readAllBytes();
        if (field.length < LENGTH_FIELD) {
            throw new DataException(source + " is no safetensors file: it has " + field.length
                    + " bytes, less than the length of a header");
        }
        long length = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long room = file.size() - LENGTH_FIELD;
        if (length < 2 || length > Math.min(room, LONGEST)) {
            throw new DataException(source + " is no safetensors file or damaged: it claims a header of "
                    + Long.toUnsignedString(length) + " bytes, where 2 to " + Math.min(room, LONGEST)
                    + " are possible");
        }
        byte[] text = new FileSection(file, LENGTH_FIELD, length).readNBytes((int) length);
        if (text.length == 0 || text[0] != '{') {
            throw new DataException(source + " is no safetensors file or damaged: its header does not start with '{'");
        }
        SafetensorsHeader header = new Text(text, source).header(LENGTH_FIELD + length);
        header.requireContiguous(room - length, source);
        return header;
    }

    /// The tensor of this name.
    ///
    /// @throws DataException when there is none
    Entry require(String name, Path file) {
        Entry entry = tensors.get(name);
        if (entry == null) {
            throw MissingArray.in(file, name, tensors.sequencedKeySet());
        }
        return entry;
    }

    private void requireContiguous(long available, String source) {
        List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(tensors.entrySet());
        byPlace.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin)
                .thenComparingLong(e -> e.getValue().end));
        long at = 0;
        for (Map.Entry<String, Entry> named : byPlace) {
            Entry entry = named.getValue();
            String where = source + "#" + named.getKey();
            if (entry.begin != at || entry.end < entry.begin || entry.end > available) {
                throw new DataException(where + " claims bytes " + entry.begin + " to " + entry.end + " of " + available
                        + ", but it should start at " + at + ": tensors follow one another without gap or overlap");
            }
            Dtype dtype = Dtype.ofSafetensors(entry.dtype);
            if (dtype != null && entry.extent.bytes(dtype) != entry.end - entry.begin) {
                throw new DataException(where + " is damaged: shape " + entry.extent + " of " + entry.dtype + " takes "
                        + entry.extent.bytesText(dtype) + ", but it has " + (entry.end - entry.begin));
            }
            at = entry.end;
        }
        if (at != available) {
            throw new DataException(source + " is damaged: its tensors take " + at + " bytes, but " + available
                    + " follow its header");
        }
    }

    /// A header's bytes, its length in front, padded with blanks so that the numbers start at a multiple of eight.
    static byte[] write(SequencedMap<String, Entry> tensors, SequencedMap<String, String> metadata) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectPropertyStart(METADATA);
                metadata.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            tensors.forEach((name, entry) -> {
                json.writeObjectPropertyStart(name);
                json.writeStringProperty("dtype", entry.dtype);
                json.writeArrayPropertyStart("shape");
                entry.extent.lengths().forEach(json::writeNumber);
                json.writeEndArray();
                json.writeArrayPropertyStart("data_offsets");
                json.writeNumber(entry.begin).writeNumber(entry.end);
                json.writeEndArray();
                json.writeEndObject();
            });
            json.writeEndObject();
        }
        int padded = Math.ceilDiv(text.size(), 8) * 8;
        ByteBuffer header = ByteBuffer.allocate(LENGTH_FIELD + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(text.toByteArray());
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }

    /// The header's JSON text.
    private static final class Text {
        private final byte[] text;
        private final String source;
        private final SequencedMap<String, Entry> tensors = new LinkedHashMap<>();
        private final SequencedMap<String, String> metadata = new LinkedHashMap<>();

        Text(byte[] text, String source) {
            this.text = text;
            this.source = source;
        }

        SafetensorsHeader header(long start) {
            try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
                require(json.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
                for (String name = json.nextName(); name != null; name = json.nextName()) {
                    if (name.equals(METADATA)) {
                        metadata(json);
                    } else {
                        tensors.put(name, entry(json, name));
                    }
                }
                require(json.currentToken() == JsonToken.END_OBJECT, "a name is missing");
                require(json.nextToken() == null, "text after its JSON object");
            } catch (JacksonException e) {
                boolean twice = e.getOriginalMessage().startsWith("Duplicate");
                throw new DataException(source + " has a malformed safetensors header: "
                        + (twice ? "a name occurs twice" : "it is not JSON")
                        + (e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr()), e);
            }
            return new SafetensorsHeader(tensors, metadata, start);
        }

        private void metadata(JsonParser json) {
            JsonToken start = json.nextToken();
            // The reference implementation takes null for absent metadata, too.
            if (start == JsonToken.VALUE_NULL) {
                return;
            }
            require(start == JsonToken.START_OBJECT, METADATA + " is no object of words");
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                require(json.nextToken() == JsonToken.VALUE_STRING,
                        METADATA + " holds '" + name + "', which is no word");
                metadata.put(name, json.getString());
            }
        }

        private Entry entry(JsonParser json, String name) {
            String dtype = null;
            List<Long> lengths = null;
            List<Long> offsets = null;
            require(json.nextToken() == JsonToken.START_OBJECT, "'" + name + "' is no object");
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                switch (key) {
                    case "dtype" -> {
                        require(json.nextToken() == JsonToken.VALUE_STRING, "the dtype of '" + name + "' is no word");
                        dtype = json.getString();
                    }
                    case "shape" -> lengths = numbers(json, name, key);
                    case "data_offsets" -> offsets = numbers(json, name, key);
                    default -> throw malformed("'" + name + "' has an unknown key '" + key + "'");
                }
            }
            return entry(name, dtype, lengths, offsets);
        }

        private Entry entry(String name, @Nullable String dtype, @Nullable List<Long> lengths,
                @Nullable List<Long> offsets) {
            if (dtype == null || lengths == null || offsets == null || offsets.size() != 2) {
                throw malformed("'" + name + "' lacks one of dtype, shape and two data_offsets");
            }
            return new Entry(dtype, new Extent(lengths), offsets.getFirst(), offsets.getLast());
        }

        private List<Long> numbers(JsonParser json, String name, String key) {
            List<Long> numbers = new ArrayList<>();
            require(json.nextToken() == JsonToken.START_ARRAY, key + " of '" + name + "' is no list");
            while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                require(numbers.size() < MOST_AXES, key + " of '" + name + "' has more than " + MOST_AXES + " numbers");
                long number = json.getLongValue();
                require(number >= 0, key + " of '" + name + "' holds " + number);
                numbers.add(number);
            }
            require(json.currentToken() == JsonToken.END_ARRAY, key + " of '" + name + "' holds no whole number");
            return numbers;
        }

        private void require(boolean held, String otherwise) {
            if (!held) {
                throw malformed(otherwise);
            }
        }

        private DataException malformed(String what) {
            return new DataException(source + " has a malformed safetensors header: " + what);
        }
    }
}
