package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** A call that makes an intent, calls storage and writes what it said. */
enum CrashScenario {
  CREATE("a create of two files") {
    @Override
    Staged stage(World world) {
      NewTask request = task(file("a", 150 * MIB), file("b", MIB));
      return new Staged(
          w -> w.clients.create(Registry.robot17(), KEY, request), w -> oneTask(w, 2));
    }
  },
  CREATE_WITH_URLS("a create with URLs") {
    @Override
    Staged stage(World world) {
      NewTask request = task(new NewTask.Presign(2, null, true), file("a", 150 * MIB));
      return new Staged(
          w -> w.clients.create(Registry.robot17(), KEY, request).map(a -> a.withoutUrls()),
          w -> oneTask(w, 1));
    }
  },
  COMPLETE("a complete") {
    @Override
    Staged stage(World world) {
      UUID session = world.start().sessionId();
      world.putAll(session);
      return new Staged(
          w -> w.clients.complete(session, KEY), w -> oneEnd(w, session, SessionStatus.COMPLETED));
    }
  },
  ABORT("an abort") {
    @Override
    Staged stage(World world) {
      UUID session = world.start().sessionId();
      world.put(session, 1);
      return new Staged(
          w -> w.clients.abort(session, KEY), w -> oneEnd(w, session, SessionStatus.ABORTED));
    }
  },
  RETRY("a retry of a cancelled file") {
    @Override
    Staged stage(World world) {
      UUID session = world.start().sessionId();
      value(world.clients.abort(session));
      return new Staged(w -> w.clients.retry(session, KEY), w -> oneRetry(w, session));
    }
  },
  RETRY_EXPIRED("a retry of an expired file") {
    @Override
    Staged stage(World world) {
      UUID session = world.start().sessionId();
      world.put(session, 1);
      world.advance(Duration.ofHours(25));
      return new Staged(w -> w.clients.retry(session, KEY), w -> oneRetry(w, session));
    }
  };

  private static final RequestKey KEY = RequestKey.of("k");

  final String title;

  CrashScenario(String title) {
    this.title = title;
  }

  /** Brings a world to the point where the call is made. */
  abstract Staged stage(World world);

  /**
   * A call that can be made again and again, and what must hold once it, or a worker, has come to
   * the end.
   */
  record Staged(Function<World, Verdict<?>> calls, Consumer<World> holds) {

    Verdict<?> call(World world) {
      return calls.apply(world);
    }

    void check(World world) {
      holds.accept(world);
    }
  }

  private static List<UUID> sessions(World world) {
    return world.database.facts().timeline(LifecycleEvent.class).stream()
        .map(LifecycleEvent::sessionId)
        .distinct()
        .toList();
  }

  /** One task, each session opened once; nothing in storage but what rows carry and orphans. */
  private static void oneTask(World world, int files) {
    List<UUID> sessions = sessions(world);
    assertThat(sessions).hasSize(files);
    assertThat(world.database.facts().timeline(LifecycleEvent.class))
        .extracting(event -> event.owner().taskId())
        .containsOnly(world.stored(sessions.getFirst()).upload().owner().taskId());
    sessions.forEach(session -> openedOnce(world, session));
    carried(world, sessions);
  }

  private static void openedOnce(World world, UUID session) {
    assertThat(world.status(session)).isIn(SessionStatus.INITIATED, SessionStatus.UPLOADING);
    assertThat(world.timeline(session)).containsOnlyOnce("upload.initiated");
  }

  /**
   * Every session's upload is open. An upload whose id was never written is an orphan; a process
   * that dies with the ids in hand leaves one for each, and only the orphan sweep can find them.
   */
  private static void carried(World world, List<UUID> sessions) {
    Set<String> orphans = new HashSet<>(world.storage.openUploads());
    for (UUID session : sessions) {
      assertThat(orphans.remove(world.uploadId(session))).as("carried by %s", session).isTrue();
    }
    long deaths = world.store.calls().stream().filter("create"::equals).count() * sessions.size();
    assertThat(orphans).hasSizeLessThan((int) Math.max(1, deaths));
  }

  private static void oneEnd(World world, UUID session, SessionStatus status) {
    assertThat(world.status(session)).isEqualTo(status);
    assertThat(world.timeline(session)).containsOnlyOnce("upload." + lower(status));
    assertThat(world.storage.openUploads()).isEmpty();
    boolean object = world.storage.head(world.stored(session).upload().location()).isPresent();
    assertThat(object).isEqualTo(status == SessionStatus.COMPLETED);
  }

  private static String lower(SessionStatus status) {
    return status.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static void oneRetry(World world, UUID first) {
    List<UUID> sessions = sessions(world);
    assertThat(sessions).hasSize(2).startsWith(first);
    assertThat(world.timeline(sessions.getLast())).containsOnlyOnce("upload.object_retried");
    openedOnce(world, sessions.getLast());
    assertThat(world.status(first)).isIn(SessionStatus.ABORTED, SessionStatus.ABORTING);
    if (world.status(first) == SessionStatus.ABORTED) {
      carried(world, List.of(sessions.getLast()));
    }
  }
}
