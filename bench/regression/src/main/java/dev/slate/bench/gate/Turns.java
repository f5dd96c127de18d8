package dev.slate.bench.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The order of the arms, round after round: shuffled, so that no rhythm of the machine favours one,
 * and balanced, so that over as many rounds as there are arms each arm comes once at each place (a
 * Latin square of cyclic shifts, its rows and columns shuffled). For one thread.
 */
final class Turns {
  private final Random random;
  private final Map<List<Arm>, List<List<Arm>>> ahead = new HashMap<>();

  Turns(long seed) {
    random = new Random(seed);
  }

  /**
   * The order of the next round of these arms. Rounds of other arms in between do not disturb it.
   *
   * @param arms that take part
   * @return each of them once
   */
  List<Arm> next(List<Arm> arms) {
    List<List<Arm>> rounds = ahead.computeIfAbsent(arms, any -> new ArrayList<>());
    if (rounds.isEmpty()) {
      List<Arm> first = new ArrayList<>(arms);
      Collections.shuffle(first, random);
      for (int shift = 0; shift < arms.size(); shift++) {
        List<Arm> shifted = new ArrayList<>(first);
        Collections.rotate(shifted, shift);
        rounds.add(shifted);
      }
      Collections.shuffle(rounds, random);
    }
    return rounds.remove(0);
  }
}
