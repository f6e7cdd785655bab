package org.surprisal.study.experiment;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;
import org.surprisal.settings.SettingException;

/// A parser that refuses lists and maps nested too deeply: what reads them calls itself for each level, and the stack
/// ends.
final class BoundedDepth implements Parser {
    /// Lists and maps within each other; a residual block within another takes three.
    static final int LIMIT = 300;

    /// What is wrong with a file that goes deeper.
    static final String TOO_DEEP = "lists and maps are nested more than " + LIMIT + " levels deep";

    private final String file;
    private final Parser parser;
    private int depth;

    /// @param file its name, for messages
    BoundedDepth(String file, Parser parser) {
        this.file = file;
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> depth++;
            case SequenceEnd, MappingEnd -> depth--;
            default -> {
                return event;
            }
        }
        if (depth > LIMIT) {
            throw SettingException.at(Entry.place(file, event.getStartMark()), TOO_DEEP);
        }
        return event;
    }
}
