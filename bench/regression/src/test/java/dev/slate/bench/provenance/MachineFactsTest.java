package dev.slate.bench.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineFactsTest {
  @Test
  void theHardwareIsThisMachine() throws IOException {
    Map<String, Object> facts = MachineFacts.begin("slate gate");
    assertEquals("slate gate", facts.get("command"));
    assertTrue(String.valueOf(facts.get("time")).matches("[-\\dT:]+Z"), facts::toString);
    MachineFacts.hardware(facts);
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(cores, facts.get("cores"));
    assertEquals(System.getProperty("os.arch"), facts.get("architecture"));
    assertEquals(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        facts.get("kernel"));
    assertTrue((long) facts.get("memory_bytes") > 1L << 28, facts::toString);
    assertEquals(cores, new ObjectMapper().readTree(MachineFacts.json(facts)).get("cores").asInt());
    assertEquals("slate gate", facts.get("command"), "what was there stays");
  }

  @Test
  void theProcessorIsTheSameTwiceAndWithoutItsFlags() {
    Map<String, Object> facts = new LinkedHashMap<>();
    MachineFacts.hardware(facts);
    String processor = MachineFacts.processor();
    assertEquals(processor, MachineFacts.processor());
    assertTrue(processor.endsWith("] " + facts.get("cores")), processor);
    if (facts.containsKey("cpu")) {
      assertTrue(processor.contains(String.valueOf(facts.get("cpu"))), processor);
      assertTrue(MachineFacts.fingerprint().startsWith(facts.get("cpu") + ", "), processor);
    }
    assertFalse(processor.contains("sse2 "), processor);
  }
}
