package org.surprisal.report;

/// A part of a section, in reading order.
public sealed interface Block
        permits
        Prose,
        Picture,
        Table {}
