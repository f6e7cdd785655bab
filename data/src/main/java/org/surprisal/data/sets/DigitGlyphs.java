package org.surprisal.data.sets;

import java.util.List;

/// The ways in which the ten digits are commonly written by hand.
final class DigitGlyphs {
    private static final List<List<Glyph>> WAYS = List.of(
            List.of( // 0: closed at the top, begun at the right, pen crossing its own beginning
                    Glyph.of("42,1 18,16 8,50 20,86 42,99 66,84 75,50 64,14 42,1 34,4"),
                    Glyph.of("58,8 38,2 17,22 10,55 24,92 46,98 68,76 72,36 58,10 44,8"),
                    Glyph.of("56,0 31,12 12,46 18,84 42,100 66,80 71,40 56,12 32,14")),
            List.of( // 1: a bare stroke, with a flag, with flag and foot
                    Glyph.of("40,0 40,50 40,100"),
                    Glyph.of("22,25 34,14 45,0! 44,50 44,100"),
                    Glyph.of("22,23 33,13 43,0! 43,50 43,100", "16,100 42,99 70,100")),
            List.of( // 2: angular, with a loop at the foot, with a wavy foot
                    Glyph.of("12,25 26,5 50,1 67,20 57,50 32,77 9,98! 42,97 76,96"),
                    Glyph.of("11,22 28,3 55,4 66,25 51,58 27,90 11,93 14,78 33,80 53,96 78,91"),
                    Glyph.of("12,20 35,0 63,13 59,43 34,77 8,97! 36,89 56,98 78,93")),
            List.of( // 3: two bows, flat top, with a small loop in the middle
                    Glyph.of("14,13 38,0 63,14 57,38 32,48! 62,56 71,78 44,100 10,90"),
                    Glyph.of("14,4 40,4 67,2! 52,22 37,42! 64,52 70,80 42,100 10,92"),
                    Glyph.of("12,14 40,0 64,17 51,43 32,51 33,43 61,58 68,84 38,100 10,90")),
            List.of( // 4: open, closed, open with a bow
                    Glyph.of("22,2 15,28 9,56! 40,56 77,53", "60,14 58,55 55,100"),
                    Glyph.of("57,0 32,32 7,65! 42,65 79,63", "57,0 56,50 54,100"),
                    Glyph.of("16,4 11,38 27,56 60,47", "66,0 63,44 56,100")),
            List.of( // 5: in one line, the bar drawn last, rounded
                    Glyph.of("70,2 46,3 22,4! 20,24 17,45! 46,37 71,60 55,93 10,94"),
                    Glyph.of("22,5 20,25 18,46! 49,39 70,65 50,97 8,91", "22,5 48,3 73,0"),
                    Glyph.of("72,2 38,4 23,16 26,38 53,46 68,69 48,98 10,92")),
            List.of( // 6: curved, upright, with a wide bow
                    Glyph.of("59,2 27,28 10,67 26,97 56,92 62,67 40,55 14,71"),
                    Glyph.of("46,0 26,28 13,64 18,93 42,99 61,81 50,60 18,69"),
                    Glyph.of("63,7 35,8 10,52 20,93 50,98 66,73 46,52 15,66")),
            List.of( // 7: plain, with a bar, with a hook, with a wavy top
                    Glyph.of("8,4 40,4 71,2! 52,48 33,100"),
                    Glyph.of("8,5 40,4 72,2! 53,48 35,100", "24,52 45,51 66,48"),
                    Glyph.of("9,18 13,4! 42,4 73,3! 49,46 37,100"),
                    Glyph.of("8,9 24,3 48,8 71,2! 49,44 40,100")),
            List.of( // 8: begun at the right like an S, begun in the middle, one loop above the other
                    Glyph.of("62,13 38,0 17,20 36,45 62,68 56,94 32,100 11,80 25,57 54,36 65,16 55,7"),
                    Glyph.of("40,48 18,26 38,1 62,22 42,47 14,73 36,100 67,77 40,48"),
                    Glyph.of("39,1 19,21 39,46 61,22 39,1", "39,46 12,74 39,100 67,73 39,46")),
            List.of( // 9: straight stem, curved stem, slanted stem from a narrow head
                    Glyph.of("64,20 40,2 14,25 31,49 58,36 65,12! 62,55 56,100"),
                    Glyph.of("64,18 36,2 12,27 30,51 58,37 66,12! 66,52 52,93 19,94"),
                    Glyph.of("60,7 29,5 13,34 35,50 63,14! 52,58 44,100")));

    private DigitGlyphs() {
    }

    static List<Glyph> of(int digit) {
        return WAYS.get(digit);
    }
}
