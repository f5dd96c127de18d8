package dev.slate.sim.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedTableTest {
  private static final String TEXT = "id,name,author,x,y\n7,a,J\u00e4n,0.5,1\n9,b,J\u00f6n,2,3\n";

  @TempDir Path directory;

  @Test
  void anIdIsNoAttribute() throws IOException {
    String file = Files.writeString(directory.resolve("items.csv"), TEXT).toString();
    NamedTable table = NamedTable.read(file);
    assertEquals(List.of("x", "y"), table.attributes());
    assertEquals(List.of("J\u00e4n", "J\u00f6n"), table.authors());
    assertTrue(NamedTable.hasAuthors(file));
    Files.writeString(Path.of(file), "\ufeff" + TEXT);
    assertEquals(List.of("x", "y"), NamedTable.read(file).attributes());
  }

  /** As spreadsheets write "Unicode text"; without names, the catalogue is read as vectors are. */
  @Test
  void vectorsMayBeUtf16() throws IOException {
    Path wide = directory.resolve("wide.csv");
    Files.writeString(wide, "\ufeffx,y\n0.5,1\n2,3\n", StandardCharsets.UTF_16LE);
    ItemCatalog catalog = CatalogLoader.open(wide.toString(), null, 7);
    assertEquals(List.of("x", "y"), catalog.attributes());
    assertEquals(2, catalog.size());
    assertFalse(NamedTable.hasAuthors(wide.toString()));
  }

  /** Authors that differ in an umlaut alone would become one, whom an audit may accuse. */
  @Test
  void namesAreUtf8() throws IOException {
    Path latin = directory.resolve("latin.csv");
    Files.write(latin, TEXT.getBytes(StandardCharsets.ISO_8859_1));
    InputException e =
        assertThrows(InputException.class, () -> CatalogLoader.open(latin.toString(), null, 7));
    assertEquals(latin + ": has bytes that are not UTF-8", e.getMessage());
    assertThrows(InputException.class, () -> NamedTable.read(latin.toString()));
  }
}
