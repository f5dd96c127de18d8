package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each link of a page leads to a file and a heading, in the checkout and in the release zip. */
class PagesTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Pattern INCLUDE = Pattern.compile("<include>(.*?)</include>");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      for (String link : links(page)) {
        links++;
        Path file = target(page, link);
        int at = link.indexOf('#');
        if (!Files.exists(file) || (at >= 0 && !headings(file).contains(link.substring(at + 1)))) {
          broken.add(ROOT.relativize(page) + " -> " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 30, links + " links");
  }

  @Test
  void pagesOfTheReleaseLinkToWhatItHolds() throws IOException {
    List<PathMatcher> included = included();
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      if (!holds(included, page)) {
        continue;
      }
      for (String link : links(page)) {
        links++;
        if (!holds(included, target(page, link))) {
          broken.add(ROOT.relativize(page) + " -> " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 20, links + " links");
  }

  /** Whether a file, or any file of a folder, is included. */
  private static boolean holds(List<PathMatcher> included, Path path) throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below
          .map(ROOT::relativize)
          .anyMatch(file -> included.stream().anyMatch(each -> each.matches(file)));
    }
  }

  private static List<PathMatcher> included() throws IOException {
    List<PathMatcher> included = new ArrayList<>();
    Matcher matcher =
        INCLUDE.matcher(Files.readString(Path.of("src", "main", "assembly", "release.xml")));
    while (matcher.find()) {
      included.add(FileSystems.getDefault().getPathMatcher("glob:" + matcher.group(1)));
    }
    return included;
  }

  private static Path target(Path page, String link) {
    int at = link.indexOf('#');
    String file = at < 0 ? link : link.substring(0, at);
    return file.isEmpty() ? page : page.resolveSibling(file).normalize();
  }

  /** Links of a page to this repository. */
  private static List<String> links(Path page) throws IOException {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("code"));
    while (matcher.find()) {
      if (!matcher.group(1).contains("://")) {
        links.add(matcher.group(1));
      }
    }
    return links;
  }

  /** The headings of a page as links name them. */
  private static List<String> headings(Path page) throws IOException {
    List<String> headings = new ArrayList<>();
    Matcher matcher = HEADING.matcher(Files.readString(page));
    while (matcher.find()) {
      String text = matcher.group(1).toLowerCase(Locale.ROOT);
      headings.add(text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    }
    return headings;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> folders = Files.list(ROOT)) {
      for (Path each : folders.toList()) {
        String name = each.getFileName().toString();
        if (name.endsWith(".md")) {
          pages.add(each);
        } else if (Files.isDirectory(each) && !name.startsWith(".") && !name.equals("target")) {
          try (Stream<Path> below = Files.walk(each)) {
            below
                .filter(file -> file.toString().endsWith(".md"))
                .filter(file -> !file.toString().contains("/target/"))
                .forEach(pages::add);
          }
        }
      }
    }
    return pages;
  }
}
