package dev.slate.sim.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  @Test
  void anotherFormatIsNamed() throws IOException {
    Path users = Files.writeString(directory.resolve("users.json"), "[{\"x\": 1}]");
    InputException e = assertThrows(InputException.class, () -> NamedTable.read(users.toString()));
    assertTrue(String.valueOf(e.getMessage()).contains("looks like JSON, not text"), e::getMessage);
  }

  /** As spreadsheets write "Unicode text", with their mark. */
  @Test
  void namesAndAuthorsMayBeUtf16() throws IOException {
    Path wide = directory.resolve("wide.csv");
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Files.writeString(wide, "\ufeff" + TEXT, charset);
      ItemCatalog catalog = CatalogLoader.open(wide.toString(), null, 7);
      assertEquals(List.of("x", "y"), catalog.attributes());
      assertEquals(List.of("J\u00e4n", "J\u00f6n"), catalog.authors());
      assertEquals("b", catalog.name(1));
      assertTrue(NamedTable.hasAuthors(wide.toString()));
      Files.write(wide, new byte[] {0}, StandardOpenOption.APPEND);
      InputException e =
          assertThrows(InputException.class, () -> CatalogLoader.open(wide.toString(), null, 7));
      assertEquals(wide + ": has bytes that are not UTF-16", e.getMessage());
    }
  }

  /** The authors of memes are part of the game; those of other items are drawn if none is given. */
  @Test
  void authorsAreDrawnWhereNothingNamesThem() throws IOException {
    Path named = Files.writeString(directory.resolve("memotion.csv"), TEXT);
    Path bare = Files.writeString(directory.resolve("memotion-bare.csv"), "x,y\n1,2\n");
    assertFalse(CatalogLoader.drawsAuthors(named.toString()));
    assertTrue(CatalogLoader.drawsAuthors(bare.toString()));
    assertTrue(CatalogLoader.drawsAuthors("memotion-bare.npy"));
    assertTrue(CatalogLoader.drawsAuthors("gaussian:100:5"));
    assertFalse(CatalogLoader.drawsAuthors("memotion"));
    assertFalse(CatalogLoader.drawsAuthors("memotion:100:5"));
  }

  /** Without names, the catalogue is read as vectors are. */
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
