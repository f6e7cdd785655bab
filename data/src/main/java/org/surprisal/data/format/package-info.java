/// Readers and writers of arrays and tables: CSV, NPY, NPZ, safetensors, MAT-5, IDX, and arrays that stay in their
/// file.
///
/// [ArrayFile] reads an array by a user's name for it, whatever its format.
@NullMarked
package org.surprisal.data.format;

import org.jspecify.annotations.NullMarked;
