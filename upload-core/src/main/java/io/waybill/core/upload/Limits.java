package io.waybill.core.upload;

import java.time.Duration;

/**
 * Bounds on everything that comes from outside. Values outside are refused, never clamped.
 *
 * @param urlLife of a URL that can be asked for
 */
public record Limits(Batches batches, Openings openings, UrlLife urlLife, Metadata metadata) {

  /** What the lifecycle says where nothing is configured. */
  public static Limits standard() {
    return new Limits(
        new Batches(100, 1000, 100),
        new Openings(1000, 200, 200),
        new UrlLife(Duration.ofSeconds(60), Duration.ofHours(6)),
        new Metadata(16 * 1024, 64));
  }

  /**
   * How much one request may bring.
   *
   * @param presignParts parts in one presign request; also objects × {@code presign.first}
   * @param acknowledgeParts parts in one acknowledge request
   * @param taskObjects files in one task
   */
  public record Batches(int presignParts, int acknowledgeParts, int taskObjects) {
    public Batches {
      if (presignParts < 1 || acknowledgeParts < 1 || taskObjects < 1) {
        throw new IllegalArgumentException("a limit of less than one refuses everything");
      }
    }
  }

  /**
   * How much may be unfinished at once.
   *
   * @param tenantUploads sessions of a tenant that are open
   * @param deviceUploads sessions of a device that are open
   * @param projectTasks tasks of a project that are not finished
   */
  public record Openings(int tenantUploads, int deviceUploads, int projectTasks) {}

  /** How long a URL may live. */
  public record UrlLife(Duration shortest, Duration longest) {
    public UrlLife {
      if (shortest.compareTo(longest) > 0) {
        throw new IllegalArgumentException("the shortest life of a URL is longer than the longest");
      }
    }

    public boolean allows(Duration life) {
      return life.compareTo(shortest) >= 0 && life.compareTo(longest) <= 0;
    }
  }

  /**
   * How much may be noted on a task or a file.
   *
   * @param bytes size of the object as JSON
   * @param keyChars length of a key
   */
  public record Metadata(int bytes, int keyChars) {}

  public Limits with(Batches other) {
    return new Limits(other, openings, urlLife, metadata);
  }

  public Limits with(Openings other) {
    return new Limits(batches, other, urlLife, metadata);
  }
}
