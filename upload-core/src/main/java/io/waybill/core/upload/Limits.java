package io.waybill.core.upload;

import io.waybill.core.MetadataRule;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.UrlLife;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on everything that comes from outside. Values outside are refused, never clamped.
 *
 * @param urlLife of a URL that can be asked for
 * @param sessionLife of an upload whose storage policy does not say less
 */
public record Limits(
    Batches batches,
    Openings openings,
    UrlLife urlLife,
    SessionLife sessionLife,
    Sizes sizes,
    Rates rates,
    Quotas quotas) {

  /** What the lifecycle says where nothing is configured. */
  public static Limits standard() {
    return new Limits(
        new Batches(100, 1000, 100),
        new Openings(1000, 200, 200),
        new UrlLife(Duration.ofSeconds(60), Duration.ofHours(6)),
        new SessionLife(Duration.ofHours(24), Duration.ofDays(30)),
        new Sizes(PartPlan.MAX_FILE_BYTES, 1 << 20, 256 << 10, 16 << 10, 64),
        new Rates(600, 120),
        Quotas.NONE);
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
   * @param unvalidated datasets of a tenant that wait for validators, before more are begun
   */
  public record Openings(int tenantUploads, int deviceUploads, int projectTasks, int unvalidated) {
    /** As many as are usual wait for validators. */
    public Openings(int tenantUploads, int deviceUploads, int projectTasks) {
      this(tenantUploads, deviceUploads, projectTasks, 1000);
    }
  }

  /**
   * How long an upload may take.
   *
   * @param usual from its creation, where the storage policy does not say
   * @param longest how far extend can move the end, from the creation, under any storage policy
   */
  public record SessionLife(Duration usual, Duration longest) {
    public SessionLife {
      if (!usual.isPositive() || usual.compareTo(longest) > 0) {
        throw new IllegalArgumentException("sessions usually live longer than they may at most");
      }
    }

    public Duration usualUnder(StoragePolicy policy) {
      return shorter(policy.sessionLife(), usual, longestUnder(policy));
    }

    public Duration longestUnder(StoragePolicy policy) {
      return shorter(policy.maxSessionLife(), longest, longest);
    }

    private static Duration shorter(@Nullable Duration own, Duration otherwise, Duration most) {
      Duration wanted = own == null ? otherwise : own;
      return wanted.compareTo(most) < 0 ? wanted : most;
    }
  }

  /**
   * How large one thing may be. What is larger than a message is refused where it comes in; here it
   * stands for {@code describe}.
   *
   * @param fileBytes one file
   * @param httpBodyBytes one HTTP request body
   * @param mqttPayloadBytes one MQTT request
   * @param metadataBytes one metadata object as JSON
   * @param metadataKeyChars length of a metadata key
   */
  public record Sizes(
      long fileBytes,
      int httpBodyBytes,
      int mqttPayloadBytes,
      int metadataBytes,
      int metadataKeyChars) {
    public Sizes {
      if (fileBytes < 1 || fileBytes > PartPlan.MAX_FILE_BYTES) {
        throw new IllegalArgumentException("no store takes a file of " + fileBytes + " bytes");
      }
    }
  }

  /** What metadata may hold. */
  public MetadataRule metadata() {
    return new MetadataRule(sizes.metadataBytes(), sizes.metadataKeyChars());
  }

  /**
   * How often something may be asked for, in a minute.
   *
   * @param tenantPresigns requests for URLs of a tenant, however many parts they name
   * @param devicePresigns the same of a device
   */
  public record Rates(int tenantPresigns, int devicePresigns) {
    public Rates {
      if (tenantPresigns < 1 || devicePresigns < 1) {
        throw new IllegalArgumentException("a rate of less than one refuses everything");
      }
    }
  }

  /**
   * How much may be stored and promised together.
   *
   * @param tenantBytes of a tenant that has no bound of its own; null for no bound
   */
  public record Quotas(@Nullable Long tenantBytes) {
    public static final Quotas NONE = new Quotas(null);

    public Quotas {
      if (tenantBytes != null && tenantBytes < 1) {
        throw new IllegalArgumentException("a quota of less than one refuses everything");
      }
    }
  }

  public Limits with(Quotas other) {
    return new Limits(batches, openings, urlLife, sessionLife, sizes, rates, other);
  }

  public Limits with(Rates other) {
    return new Limits(batches, openings, urlLife, sessionLife, sizes, other, quotas);
  }

  public Limits with(Batches other) {
    return new Limits(other, openings, urlLife, sessionLife, sizes, rates, quotas);
  }

  public Limits with(Openings other) {
    return new Limits(batches, other, urlLife, sessionLife, sizes, rates, quotas);
  }

  public Limits with(SessionLife other) {
    return new Limits(batches, openings, urlLife, other, sizes, rates, quotas);
  }

  public Limits with(Sizes other) {
    return new Limits(batches, openings, urlLife, sessionLife, other, rates, quotas);
  }
}
