package io.waybill.agent.command;

import io.waybill.agent.local.ByteText;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds what paths mean, from a root downwards. No link is followed by a wildcard; one that is
 * named is followed where it stays below its root. Nothing is entered that is mounted below a root.
 * Used once.
 */
final class Walk {

  private static final int MOST_LINKS = 40;
  private static final int MOST_LOOKED_AT = 100_000;

  private final Roots roots;
  private final List<Path> kept;
  private final Mounts mounts;
  private final int most;
  private final Predicate<Entry> wanted;
  private final TreeMap<String, Entry> found = new TreeMap<>();
  private int lookedAt;
  private boolean more;
  private List<Entry> hits = List.of();

  /**
   * @param most entries that are found
   * @param wanted of what patterns match
   */
  Walk(Roots roots, Mounts mounts, int most, Predicate<Entry> wanted) {
    this.roots = roots;
    this.kept = roots.kept();
    this.mounts = mounts;
    this.most = most;
    this.wanted = wanted;
  }

  /**
   * Something below a root: a file, a directory, or neither.
   *
   * @param name the path by which it can be asked for
   */
  record Entry(Path path, String name, BasicFileAttributes attributes) {}

  private record Root(Path real, Roots.Place place) {}

  /** What was found until now, by its path. */
  List<Entry> found() {
    return List.copyOf(found.values());
  }

  /** Whether there was more than what was found. */
  boolean more() {
    return more;
  }

  /**
   * Adds what a path means, and answers that. One that is named must be there; patterns may match
   * nothing, and are about what is wanted alone.
   */
  List<Entry> add(String path) throws RefusedException {
    Roots.Place place = roots.place(path);
    Root root = new Root(roots.real(place.root()), place);
    hits = new ArrayList<>();
    descend(root, root.real(), place.segments(), 0);
    if (!place.isPattern() && hits.isEmpty()) {
      throw new RefusedException("path_not_found", RefusedException.shown(path) + " is not there");
    }
    return hits;
  }

  private void descend(Root root, Path at, List<String> segments, int links)
      throws RefusedException {
    Optional<BasicFileAttributes> known = look(at);
    if (known.isEmpty() || (more && root.place().isPattern())) {
      return;
    }
    BasicFileAttributes attributes = known.get();
    if (attributes.isSymbolicLink()) {
      follow(root, at, segments, links);
    } else if (isForeign(root, at)) {
      refuse(root);
    } else if (segments.isEmpty()) {
      put(root, new Entry(at, nameOf(root, at), attributes));
    } else if (attributes.isDirectory()) {
      enter(root, at, segments, links);
    }
  }

  private void enter(Root root, Path at, List<String> segments, int links) throws RefusedException {
    String first = segments.getFirst();
    List<String> rest = segments.subList(1, segments.size());
    if (!Wildcard.is(first)) {
      descend(root, child(at, first), rest, links);
      return;
    }
    boolean across = first.equals(Wildcard.FOLDERS);
    if (across && !rest.isEmpty()) {
      enter(root, at, rest, links);
    }
    for (Path each : entries(at, across ? "*" : first)) {
      boolean isLink = Files.isSymbolicLink(each);
      if (!isLink && across && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        descend(root, each, segments, links);
      }
      if (!isLink && (!across || rest.isEmpty())) {
        descend(root, each, rest, links);
      }
    }
  }

  /** A link that was named; where it leads is walked to from the root once more. */
  private void follow(Root root, Path link, List<String> segments, int links)
      throws RefusedException {
    Path real;
    try {
      real = link.toRealPath();
    } catch (IOException e) {
      throw RefusedException.outside(root.place().asked()); // leads nowhere, or where we may not
    }
    if (!real.startsWith(root.real()) || links >= MOST_LINKS) {
      throw RefusedException.outside(root.place().asked());
    }
    Path at = root.real();
    for (Path name : root.real().relativize(real)) {
      at = at.resolve(name);
      if (isForeign(root, at)) {
        throw RefusedException.outside(root.place().asked());
      }
    }
    descend(root, real, segments, links + 1);
  }

  private boolean isForeign(Root root, Path at) {
    try {
      return kept.stream().anyMatch(at::startsWith) || mounts.between(root.real(), at);
    } catch (IOException e) {
      return true; // it went away
    }
  }

  /** A pattern leaves out what it may not have; who names it hears so. */
  private static void refuse(Root root) throws RefusedException {
    if (!root.place().isPattern()) {
      throw RefusedException.outside(root.place().asked());
    }
  }

  private static String nameOf(Root root, Path at) {
    String below = LocalPath.text(at).substring(LocalPath.text(root.real()).length());
    return (LocalPath.text(root.place().root()) + "/" + below).replaceAll("/{2,}", "/");
  }

  private void put(Root root, Entry entry) {
    if (root.place().isPattern() && !wanted.test(entry)) {
      return;
    }
    hits.add(entry);
    String path = LocalPath.text(entry.path());
    if (found.size() < most) {
      found.put(path, entry);
    } else {
      more |= !found.containsKey(path);
    }
  }

  /** Empty where nothing is, or nothing can be seen. */
  private static Optional<BasicFileAttributes> look(Path path) {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Names that are no text are left out: nobody could name them in an answer. */
  private List<Path> entries(Path directory, String pattern) throws RefusedException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path each : all) {
        if (++lookedAt > MOST_LOOKED_AT) {
          throw new RefusedException(
              "too_many_files",
              "there are more than " + MOST_LOOKED_AT + " names to look at; name a folder of them");
        }
        String name = LocalPath.name(each);
        if (ByteText.isWhole(name) && Wildcard.matches(pattern, name)) {
          entries.add(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return entries; // what can be read of it
    }
    return entries;
  }

  private static Path child(Path directory, String name) {
    return LocalPath.of(LocalPath.text(directory) + "/" + name);
  }
}
