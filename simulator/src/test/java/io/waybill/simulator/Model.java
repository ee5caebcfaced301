package io.waybill.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docs/states.md} says of uploads, written down a second time and as plainly as it
 * goes: no rows, no leases, no storage that can fail. Each method is a command, changes what it
 * changes, and answers what is to be told.
 */
class Model {
  static final Duration LIFE = Duration.ofHours(24);
  static final Duration LONGEST = Duration.ofDays(30);
  static final String INVALID = "request.validation_failed";
  private static final String NOT_FOUND = "upload_session.not_found";

  /** Where a session can stand when storage never fails and no worker is there. */
  enum Status {
    INITIATED,
    UPLOADING,
    PAUSED,
    COMPLETED,
    ABORTING,
    ABORTED,
    EXPIRED
  }

  /** One session. */
  static final class Upload {
    final int owner;
    final int parts;
    final UUID task;
    final UUID object;
    final UUID session;
    final String inStorage;
    final Instant created;
    final TreeSet<Integer> stored = new TreeSet<>();
    final TreeSet<Integer> known = new TreeSet<>();
    Status status;
    Instant end;
    boolean isReplaced;

    Upload(int owner, int parts, Ids ids, Status status, Instant now) {
      this.owner = owner;
      this.parts = parts;
      this.task = ids.task();
      this.object = ids.object();
      this.session = ids.session();
      this.inStorage = ids.inStorage();
      this.created = now;
      this.status = status;
      this.end = now.plus(LIFE);
    }
  }

  /** What only the system can name. */
  record Ids(UUID task, UUID object, UUID session, String inStorage) {}

  final List<Upload> uploads = new ArrayList<>();

  /** As it is to be seen now. */
  Status seen(Upload upload, Instant now) {
    return switch (upload.status) {
      case INITIATED, UPLOADING, PAUSED ->
          now.isBefore(upload.end) ? upload.status : Status.EXPIRED;
      case COMPLETED, ABORTING, ABORTED, EXPIRED -> upload.status;
    };
  }

  static String refused(Status status) {
    return (status == Status.EXPIRED ? "upload.expired" : "upload.invalid_state") + " " + status;
  }

  void create(int device, int parts, boolean withUrls, Ids ids, Instant now) {
    Status status = withUrls ? Status.UPLOADING : Status.INITIATED;
    uploads.add(new Upload(device, parts, ids, status, now));
  }

  /** A device meets only its own. */
  static @Nullable String stranger(Upload upload, int device) {
    return upload.owner == device ? null : NOT_FOUND;
  }

  String presign(Upload upload, List<Integer> numbers, Instant now) {
    Status status = seen(upload, now);
    return switch (status) {
      case INITIATED, UPLOADING -> {
        if (numbers.stream().anyMatch(n -> n > upload.parts)) {
          yield INVALID;
        }
        upload.status = Status.UPLOADING;
        yield "URLs of " + numbers;
      }
      case PAUSED, COMPLETED, ABORTING, ABORTED, EXPIRED -> refused(status);
    };
  }

  /** Storage takes a part as long as it has the upload, whatever else is. */
  void put(Upload upload, int number) {
    switch (upload.status) {
      case INITIATED, UPLOADING, PAUSED, EXPIRED, ABORTING -> upload.stored.add(number);
      case COMPLETED, ABORTED -> {}
    }
  }

  String acknowledge(Upload upload, int number, boolean isWhole, Instant now) {
    Status status = seen(upload, now);
    return switch (status) {
      case INITIATED, UPLOADING, PAUSED -> {
        if (number > upload.parts || !isWhole) {
          yield INVALID;
        }
        upload.known.add(number);
        upload.status = status == Status.PAUSED ? status : Status.UPLOADING;
        yield "1 acknowledged, " + upload.known.size() + " known";
      }
      case COMPLETED, ABORTING, ABORTED, EXPIRED -> refused(status);
    };
  }

  String look(Upload upload, Instant now) {
    return "%s, %d of %d known, until %s"
        .formatted(seen(upload, now), upload.known.size(), upload.parts, upload.end);
  }

  String rows(Upload upload) {
    return "parts " + ranges(upload.known);
  }

  String inStorage(Upload upload, Instant now) {
    Status status = seen(upload, now);
    return switch (status) {
      case INITIATED, UPLOADING, PAUSED, EXPIRED -> "parts " + ranges(upload.stored);
      case COMPLETED, ABORTING, ABORTED -> refused(status);
    };
  }

  String reconcile(Upload upload, Instant now) {
    switch (seen(upload, now)) {
      case INITIATED, UPLOADING, PAUSED -> {
        upload.known.clear();
        upload.known.addAll(upload.stored);
        if (upload.status == Status.INITIATED && !upload.stored.isEmpty()) {
          upload.status = Status.UPLOADING;
        }
      }
      case COMPLETED, ABORTING, ABORTED, EXPIRED -> {}
    }
    return rows(upload);
  }

  String pause(Upload upload, Instant now) {
    Status status = seen(upload, now);
    return switch (status) {
      case INITIATED, UPLOADING, PAUSED -> {
        upload.status = Status.PAUSED;
        yield "PAUSED";
      }
      case COMPLETED, ABORTING, ABORTED, EXPIRED -> refused(status);
    };
  }

  String resume(Upload upload, Instant now) {
    Status status = seen(upload, now);
    return switch (status) {
      case UPLOADING, PAUSED -> {
        upload.status = Status.UPLOADING;
        yield "UPLOADING";
      }
      case INITIATED, COMPLETED, ABORTING, ABORTED, EXPIRED -> refused(status);
    };
  }

  String complete(Upload upload, Instant now) {
    Status status = seen(upload, now);
    return switch (status) {
      case INITIATED, UPLOADING, PAUSED -> {
        List<Integer> missing =
            IntStream.rangeClosed(1, upload.parts)
                .filter(n -> !upload.stored.contains(n))
                .boxed()
                .toList();
        upload.known.clear(); // storage was asked, and its word stands
        upload.known.addAll(upload.stored);
        if (!missing.isEmpty()) {
          yield "upload.missing_parts " + missing;
        }
        upload.status = Status.COMPLETED;
        yield whole(upload);
      }
      case COMPLETED -> whole(upload);
      case ABORTING, ABORTED, EXPIRED -> refused(status);
    };
  }

  private static String whole(Upload upload) {
    return "COMPLETED, " + upload.parts * Wish.PART_BYTES + " bytes";
  }

  String abort(Upload upload, Instant now) {
    Status status = seen(upload, now);
    return switch (status) {
      case INITIATED, UPLOADING, PAUSED, EXPIRED, ABORTING, ABORTED -> {
        upload.status = Status.ABORTED;
        yield "ABORTED";
      }
      case COMPLETED -> refused(status);
    };
  }

  String extend(Upload upload, Duration by, Instant now) {
    Status status = seen(upload, now);
    Instant from = status == Status.EXPIRED ? now : upload.end;
    return switch (status) {
      case INITIATED, UPLOADING, PAUSED, EXPIRED -> {
        if (from.plus(by).isAfter(upload.created.plus(LONGEST))) {
          yield INVALID;
        }
        upload.end = from.plus(by);
        upload.status = status == Status.EXPIRED ? Status.UPLOADING : status;
        yield upload.status + " until " + upload.end;
      }
      case COMPLETED, ABORTING, ABORTED -> refused(status);
    };
  }

  /** Why an object gets no new session; null when it gets one. */
  @Nullable String unretried(Upload upload, Instant now) {
    Upload current = current(upload);
    Status status = seen(current, now);
    return switch (status) {
      case ABORTED, EXPIRED -> null;
      case ABORTING -> "upload.abort_in_progress " + status;
      case INITIATED, UPLOADING, PAUSED, COMPLETED -> refused(status);
    };
  }

  /** The session that an object has now. */
  Upload current(Upload upload) {
    return uploads.stream()
        .filter(other -> other.object.equals(upload.object) && !other.isReplaced)
        .findFirst()
        .orElseThrow();
  }

  /** The object has another session; what its last one had is given up. */
  void retried(Upload upload, UUID session, String inStorage, Instant now) {
    Upload last = current(upload);
    last.status = last.status == Status.ABORTED ? Status.ABORTED : Status.ABORTING;
    last.isReplaced = true;
    Ids ids = new Ids(last.task, last.object, session, inStorage);
    uploads.add(new Upload(last.owner, last.parts, ids, Status.INITIATED, now));
  }

  /** As {@code "encoding": "ranges"} writes it. */
  static String ranges(SortedSet<Integer> numbers) {
    List<int[]> runs = new ArrayList<>();
    for (int n : numbers) {
      if (!runs.isEmpty() && runs.getLast()[1] == n - 1) {
        runs.getLast()[1] = n;
      } else {
        runs.add(new int[] {n, n});
      }
    }
    return runs.stream()
        .map(run -> run[0] == run[1] ? "" + run[0] : run[0] + "-" + run[1])
        .collect(Collectors.joining(","));
  }
}
