/// Exhibits: figures, tables and claims of the documents, made again by runs of studies, each with a verdict.
///
/// [org.surprisal.gallery.Exhibits] reads which exhibits there are, [org.surprisal.gallery.Reproduction] runs what they
/// need, and [org.surprisal.gallery.Gallery] is the record: a page for people and a file for programs.
@NullMarked
package org.surprisal.gallery;

import org.jspecify.annotations.NullMarked;
