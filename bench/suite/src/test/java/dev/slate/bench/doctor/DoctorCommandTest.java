package dev.slate.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.simd.Simd;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DoctorCommandTest {
  @Test
  void saysWhichVectorsTheKernelUsesAndWhy() {
    StringWriter out = new StringWriter();
    int code = new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out, true)).execute();
    assertEquals(0, code);
    String vectors = out.toString().lines().filter(l -> l.startsWith("Vectors")).findFirst().get();
    assertTrue(vectors.contains(Simd.width()), vectors);
    assertTrue(vectors.contains(Simd.reason()), vectors);
    for (String subject :
        new String[] {
          "JDK", "FMA", "Heap", "Cores", "Memory", "Huge pages", "nanoflann", "faiss", "openblas"
        }) {
      assertTrue(out.toString().lines().anyMatch(l -> l.startsWith(subject)), subject);
    }
  }

  @Test
  void aFlagThatTheJvmLacksIsEmpty() {
    assertTrue(JvmFindings.flag("NoSuchFlag").isEmpty());
    assertTrue(JvmFindings.flag("MaxHeapSize").isPresent());
  }

  @Test
  void bytesAreForPeople() {
    assertEquals("512 MiB", MachineFindings.bytes(512L << 20));
    assertEquals("1.5 GiB", MachineFindings.bytes(3L << 29));
  }
}
