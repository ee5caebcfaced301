package io.waybill.validators.reading;

import io.waybill.core.validation.FileInspector.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which files a reader takes, and what it reads out of them. A file is taken by what it says that
 * it is (the ending of its name, its content type), or by what it begins with.
 *
 * @param name the reader's, as results carry it
 * @param version of what it checks and extracts: a change of that is a new version
 * @param endings of file names, with their dot
 * @param extracts the names of what it puts into its findings
 */
public record Kind(
    String name,
    String version,
    Set<String> endings,
    Set<String> contentTypes,
    Magic magic,
    List<String> extracts) {

  /** What a file of a format begins with. */
  @FunctionalInterface
  public interface Magic {
    /** Nobody can tell by the first bytes. */
    Magic NONE = head -> false;

    /**
     * Whether a file that begins so is one.
     *
     * @param head the first bytes, fewer than wished for where the file is short
     */
    boolean begins(byte[] head);
  }

  public Kind {
    endings = Set.copyOf(endings);
    contentTypes = Set.copyOf(contentTypes);
    extracts = List.copyOf(extracts);
  }

  public boolean takes(Subject file, byte[] head) {
    String name = file.fileName().toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(name::endsWith)
        || contentTypes.contains(type(file.contentType()))
        || magic.begins(head);
  }

  private static String type(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
