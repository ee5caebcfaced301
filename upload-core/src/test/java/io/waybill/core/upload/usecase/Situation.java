package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;

import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.upload.LifecycleEvent;
import java.time.Duration;
import java.util.UUID;

/** How a session comes to stand in each state, with all its parts in storage where it has any. */
enum Situation {
  INITIATING("INITIATING") {
    @Override
    UUID arrange(World world) {
      world.store.nextCreateAnswers(new CreateOutcome.Unavailable(FaultyStore.outage()));
      var _ = world.clients.create(Requests.task(Requests.file("a", 150 * World.MIB)));
      return world.database.facts().timeline(LifecycleEvent.class).getFirst().sessionId();
    }
  },
  INITIATED("INITIATED") {
    @Override
    UUID arrange(World world) {
      return full(world);
    }
  },
  UPLOADING("UPLOADING") {
    @Override
    UUID arrange(World world) {
      UUID session = full(world);
      value(world.clients.presign(session, 1));
      return session;
    }
  },
  PAUSED("PAUSED") {
    @Override
    UUID arrange(World world) {
      UUID session = full(world);
      value(world.clients.pause(session));
      return session;
    }
  },
  COMPLETING_BUSY("COMPLETING, lease live") {
    @Override
    UUID arrange(World world) {
      UUID session = full(world);
      dieIn(world, () -> world.clients.complete(session));
      return session;
    }
  },
  COMPLETING_LEFT("COMPLETING, lease over") {
    @Override
    UUID arrange(World world) {
      UUID session = COMPLETING_BUSY.arrange(world);
      world.advance(Duration.ofSeconds(30));
      return session;
    }
  },
  COMPLETED("COMPLETED") {
    @Override
    UUID arrange(World world) {
      UUID session = full(world);
      value(world.clients.complete(session));
      return session;
    }
  },
  ABORTING_BUSY("ABORTING, lease live") {
    @Override
    UUID arrange(World world) {
      UUID session = full(world);
      dieIn(world, () -> world.clients.abort(session));
      return session;
    }
  },
  ABORTING_LEFT("ABORTING, lease over") {
    @Override
    UUID arrange(World world) {
      UUID session = ABORTING_BUSY.arrange(world);
      world.advance(Duration.ofSeconds(30));
      return session;
    }
  },
  ABORTED("ABORTED") {
    @Override
    UUID arrange(World world) {
      UUID session = full(world);
      value(world.clients.abort(session));
      return session;
    }
  },
  EXPIRED("EXPIRED") {
    @Override
    UUID arrange(World world) {
      UUID session = EXPIRED_UNSEEN.arrange(world);
      world.redriveAll();
      return session;
    }
  },
  EXPIRED_UNSEEN("EXPIRED, no worker was there") {
    @Override
    UUID arrange(World world) {
      UUID session = UPLOADING.arrange(world);
      world.advance(Duration.ofHours(24));
      return session;
    }
  },
  FAILED("FAILED") {
    @Override
    UUID arrange(World world) {
      UUID session = full(world);
      world.storage.purge(world.uploadId(session));
      var _ = world.clients.complete(session);
      world.advance(Duration.ofSeconds(60));
      var _ = world.clients.complete(session);
      return session;
    }
  };

  final String title;

  Situation(String title) {
    this.title = title;
  }

  abstract UUID arrange(World world);

  private static UUID full(World world) {
    UUID session = world.start().sessionId();
    world.putAll(session);
    return session;
  }

  private static void dieIn(World world, Runnable call) {
    world.points.arm(0);
    try {
      call.run();
    } catch (Halt halt) {
      return;
    }
    throw new AssertionError("the call should have died after its first commit");
  }
}
