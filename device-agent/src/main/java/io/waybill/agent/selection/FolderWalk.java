package io.waybill.agent.selection;

import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.watch.Glob;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a folder and of the folders in it, in the order of their names. Links are not
 * followed: what they lead to may be outside, or the folder itself.
 */
public final class FolderWalk {

  /**
   * One file.
   *
   * @param relative its path below the folder, with slashes
   */
  public record Found(Path file, String relative) {}

  /** What could not be looked at. */
  public record Unreadable(Path path, String reason) {}

  private final List<Glob> include;
  private final List<Glob> exclude;
  private final List<Found> found = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private int others;

  /**
   * @param include what is taken; everything when there is none
   * @param exclude what is not, of that; a folder that it is about is not entered
   */
  public FolderWalk(List<Glob> include, List<Glob> exclude) {
    this.include = List.copyOf(include);
    this.exclude = List.copyOf(exclude);
  }

  /** Walks one folder; one that cannot be read stops none of the others. */
  public FolderWalk walk(Path folder) throws IOException {
    String base = LocalPath.text(folder);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return inner.equals(folder) || !excluded(relative(base, inner))
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            take(file, relative(base, file), attributes.isRegularFile());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            unreadable.add(new Unreadable(file, DiskTrouble.words(e)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path inner, @org.jspecify.annotations.Nullable IOException e) {
            if (e != null) {
              unreadable.add(new Unreadable(inner, DiskTrouble.words(e)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(Found::relative));
    return this;
  }

  private static String relative(String base, Path path) {
    String text = LocalPath.text(path);
    return text.substring(base.endsWith("/") ? base.length() : base.length() + 1);
  }

  private void take(Path file, String relative, boolean regular) {
    boolean wanted = include.isEmpty() || include.stream().anyMatch(p -> p.matches(relative));
    if (!wanted || excluded(relative)) {
      return;
    }
    if (regular) {
      found.add(new Found(file, relative));
    } else {
      others++;
    }
  }

  /** What a download has not finished is nobody's file yet. */
  private boolean excluded(String relative) {
    String name = relative.substring(relative.lastIndexOf('/') + 1);
    return name.matches("\\.waybill-.*\\.(part|list)")
        || exclude.stream().anyMatch(p -> p.matches(relative));
  }

  public List<Found> found() {
    return List.copyOf(found);
  }

  public List<Unreadable> unreadable() {
    return List.copyOf(unreadable);
  }

  /** How many links, sockets and devices were passed over. */
  public int others() {
    return others;
  }
}
