package io.waybill.simulator;

import io.waybill.wire.Command;
import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Command.PartEncoding;
import io.waybill.wire.Command.PartSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One request, as its sender means it; every road has its own words for it.
 *
 * @param id stays the same however often it is sent
 * @param about what it is about
 */
record Wish(Goal goal, String id, About about) {

  static final long PART_BYTES = 5L << 20;
  static final String TYPE = "application/octet-stream";
  static final String REASON = "it is simulated";
  static final int EXTENSION_SECONDS = 3600;

  private static final Command.PresignFirst URLS =
      new Command.PresignFirst(1, null, Encoding.COMPACT);

  /** What can be wanted. */
  enum Goal {
    CREATE,
    PRESIGN,
    ACKNOWLEDGE,
    LOOK,
    EXTEND,
    PAUSE,
    RESUME,
    COMPLETE,
    ABORT,
    RETRY,
    /** Looks at a session, and has storage asked. */
    WATCH,
    TASK_PAUSE,
    TASK_RESUME,
    TASK_CANCEL,
    TASK_RETRY,
    TASK_LOOK,
    TASK_LIST,
    /** Reads what has happened to a session. */
    EVENTS,
    REST;

    /** Those that are about a session that is there. */
    static Set<Goal> ofSessions() {
      return EnumSet.complementOf(EnumSet.of(CREATE, REST));
    }
  }

  /** One object of a task, as its sender was told of it. */
  record Made(UUID objectId, UUID sessionId) {}

  /**
   * What a wish is about.
   *
   * @param objects how many files the task has
   * @param parts how many parts each file has
   * @param taskId null until there is one
   * @param made the object in question; null until there is one
   */
  record About(
      String name,
      UUID project,
      int objects,
      int parts,
      @Nullable UUID taskId,
      @Nullable Made made) {

    /** The session in question; null until there is one. */
    @Nullable UUID known() {
      return made == null ? null : made.sessionId();
    }

    UUID session() {
      return Objects.requireNonNull(made, "asked before there was one").sessionId();
    }

    UUID object() {
      return Objects.requireNonNull(made, "asked before there was one").objectId();
    }

    UUID task() {
      return Objects.requireNonNull(taskId, "asked before there was one");
    }

    /** A hex SHA-256, for what nobody compares. */
    @Nullable String checksum() {
      return parts == 1 ? "0123456789abcdef".repeat(4) : null;
    }

    List<Integer> partNumbers() {
      return IntStream.rangeClosed(1, parts).boxed().toList();
    }

    String fileName(int file) {
      return name + "-" + file + ".mcap";
    }

    /** Names of the files of the task. */
    List<String> fileNames() {
      return IntStream.range(0, objects).mapToObj(this::fileName).toList();
    }

    long fileBytes() {
      return parts * PART_BYTES;
    }
  }

  static String etag(int part) {
    return "\"etag-" + part + "\"";
  }

  /** In the words of the MQTT protocol. */
  Command command() {
    return switch (goal) {
      case CREATE -> create();
      case PRESIGN ->
          new Command.PresignParts(
              about.session(), about.partNumbers(), null, null, null, Map.of(), Encoding.COMPACT);
      case ACKNOWLEDGE -> new Command.AcknowledgePart(about.session(), sent());
      case LOOK ->
          new Command.ListParts(
              about.session(), PartSource.RECONCILE, null, null, PartEncoding.RANGES);
      case EXTEND -> new Command.ExtendUpload(about.session(), EXTENSION_SECONDS, REASON);
      case PAUSE -> new Command.PauseUpload(about.session(), REASON, null);
      case RESUME -> new Command.ResumeUpload(about.session(), REASON);
      case COMPLETE -> new Command.CompleteUpload(about.session(), List.of(), about.checksum());
      case ABORT -> new Command.AbortUpload(about.session(), REASON);
      case RETRY -> new Command.RetryObject(about.task(), about.object());
      case WATCH -> new Command.GetStatus(about.session());
      case TASK_PAUSE, TASK_RESUME, TASK_CANCEL, TASK_RETRY, TASK_LOOK, TASK_LIST, EVENTS ->
          throw new IllegalStateException("no device asks that");
      case REST -> throw new IllegalStateException("nothing is wanted any more");
    };
  }

  private Command create() {
    List<Command.NewObject> objects =
        about.fileNames().stream()
            .map(file ->
                new Command.NewObject(
                    null, file, about.fileBytes(), TYPE, PART_BYTES, about.checksum(), Map.of()))
            .toList();
    return new Command.CreateSession(
        about.project(), "run", null, null, null, null, objects, Map.of(), URLS);
  }

  private List<Command.SentPart> sent() {
    return about.partNumbers().stream()
        .map(part -> new Command.SentPart(part, etag(part), PART_BYTES, null))
        .toList();
  }
}
