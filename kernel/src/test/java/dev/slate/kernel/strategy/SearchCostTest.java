package dev.slate.kernel.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SearchCostTest {
  @Test
  void aByteCostsWhatItDoesInACoresCacheOrInMemoryAndBetween() {
    assertEquals(0.3, SearchCost.ofByte(1_000, 0.3), 1e-12);
    assertEquals(0.3, SearchCost.ofByte(1 << 20, 0.3), 1e-12);
    assertEquals(1, SearchCost.ofByte(1 << 25, 0.3), 1e-12);
    assertEquals(1, SearchCost.ofByte(1e12, 0.3), 1e-12);
    double before = 0.3;
    for (double bytes = 1 << 20; bytes < 1 << 25; bytes *= 1.1) {
      double price = SearchCost.ofByte(bytes, 0.3);
      assertTrue(price >= before && price <= 1, bytes + " bytes: " + price);
      before = price;
    }
  }

  @Test
  void offersAreThoseOfARandomOrder() {
    assertEquals(10, SearchCost.offers(10, 10), 1e-12);
    assertEquals(10, SearchCost.offers(10, 3), 1e-12);
    assertEquals(10 * (1 + Math.log(100)), SearchCost.offers(10, 1_000), 1e-9);
  }
}
