package io.waybill.agent.command;

import io.waybill.agent.local.ByteText;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The directories that the server may ask for files of. Without any, it may ask for nothing. A path
 * is judged by its text first: of what is not below a root, nothing is looked at.
 */
public final class Roots {

  private static final int MOST_CHARS = 4096;

  private final List<Path> roots;
  private final List<Path> kept;

  /**
   * @param roots as they are configured
   * @param kept what is never given away although it may lie below a root: the agent's own state,
   *     configuration and credential
   */
  public Roots(List<Path> roots, List<Path> kept) {
    this.roots =
        roots.stream().sorted(Comparator.comparingInt(Path::getNameCount).reversed()).toList();
    this.kept = List.copyOf(kept);
  }

  /**
   * A pattern of paths, and the root that it lies below.
   *
   * @param segments what follows the root
   */
  record Place(String asked, Path root, List<String> segments) {
    Place {
      segments = List.copyOf(segments);
    }

    boolean isPattern() {
      return segments.stream().anyMatch(Wildcard::is);
    }
  }

  /** One for each root, as if it had been asked for. */
  List<String> paths() {
    return roots.stream().map(LocalPath::text).sorted().toList();
  }

  /** Where a path lies, which may have wildcards. */
  Place place(String path) throws RefusedException {
    List<String> asked = segments(path);
    for (Path root : roots) {
      List<String> above = split(LocalPath.text(root));
      if (asked.size() >= above.size() && asked.subList(0, above.size()).equals(above)) {
        return new Place(path, root, once(asked.subList(above.size(), asked.size())));
      }
    }
    throw roots.isEmpty()
        ? new RefusedException(
            "path_outside_roots",
            "this device may be asked for nothing: no roots are configured on it")
        : RefusedException.outside(path);
  }

  /** Any folders of any folders are any folders. */
  private static List<String> once(List<String> segments) {
    List<String> fewer = new ArrayList<>();
    for (String segment : segments) {
      if (!segment.equals(Wildcard.FOLDERS)
          || fewer.isEmpty()
          || !fewer.getLast().equals(Wildcard.FOLDERS)) {
        fewer.add(segment);
      }
    }
    return fewer;
  }

  private static List<String> segments(String path) throws RefusedException {
    if (path.length() > MOST_CHARS || path.indexOf('\0') >= 0 || !ByteText.isWhole(path)) {
      throw new RefusedException(
          "path_invalid",
          RefusedException.shown(path)
              + " is no path that can be asked for: it is Unicode text of"
              + " at most "
              + MOST_CHARS
              + " characters without NUL");
    }
    if (!path.startsWith("/")) {
      throw new RefusedException(
          "path_invalid", RefusedException.shown(path) + " is not an absolute path");
    }
    List<String> segments = split(path);
    if (segments.contains("..") || segments.contains(".")) {
      throw RefusedException.outside(path);
    }
    return segments;
  }

  private static List<String> split(String path) {
    return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  /** The root itself as it is on the disk: who configured it may have meant a link. */
  Path real(Path root) throws RefusedException {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw new RefusedException(
          "path_not_found",
          RefusedException.shown(LocalPath.text(root)) + " cannot be read on this device");
    }
  }

  /** What is the agent's own, and nobody's to ask for, as it is on the disk now. */
  List<Path> kept() {
    List<Path> real = new ArrayList<>(kept);
    for (Path path : kept) {
      try {
        real.add(path.toRealPath());
      } catch (IOException e) {
        // not there yet: as it is named
      }
    }
    return real;
  }
}
