/// Autoencoders on images and on states of the Ising model: relative entropy by depth before and after training, where
/// it peaks, and what a reconstruction keeps (Schmidt's thesis, Figs 30-54 and 56).
@NullMarked
package org.surprisal.study.autoencoder;

import org.jspecify.annotations.NullMarked;
