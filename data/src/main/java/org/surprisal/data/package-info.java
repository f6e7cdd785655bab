/// Data sets, file formats, generators, batches: what a network is given to learn from, and arrays from elsewhere.
///
/// [ArrayFile] reads an array by a user's name for it, whatever its format ([Npy], [Npz], [Safetensors], [Mat], [Csv]).
/// Data sets come from arrays in memory ([InMemory]) or larger than it ([MappedDataset]), tables ([Csv]), folders of
/// images ([ImageFolder]) and MNIST's files ([Idx]).
///
/// Every reader takes files as they come: a damaged, inflated or wrong one gives a [DataException] of one line, and
/// takes no more memory than a small multiple of its size, or of what its compressed data truly hold.
@NullMarked
package org.surprisal.data;

import org.jspecify.annotations.NullMarked;
