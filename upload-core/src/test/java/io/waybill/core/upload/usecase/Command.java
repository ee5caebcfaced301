package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import java.util.UUID;

/** Everything that can be asked of a session. */
enum Command {
  PRESIGN("presign") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.presign(id, 1);
    }
  },
  ACKNOWLEDGE("acknowledge") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.acknowledge(id, Requests.part(1, 64 * World.MIB));
    }
  },
  LIST_STORAGE("list (storage)") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.list(id, ListParts.Source.STORAGE);
    }
  },
  RECONCILE("reconcile") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.reconcile(id);
    }
  },
  PAUSE("pause") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.pause(id);
    }
  },
  RESUME("resume") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.resume(id);
    }
  },
  COMPLETE("complete") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.complete(id);
    }
  },
  ABORT("abort") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.abort(id);
    }
  },
  EXTEND("extend") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.extend(id, 600);
    }
  },
  RETRY("retry") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.retry(id, RequestKey.NONE);
    }
  },
  GET("get") {
    @Override
    Verdict<?> ask(World world, UUID id) {
      return world.clients.get(id);
    }
  };

  final String title;

  Command(String title) {
    this.title = title;
  }

  abstract Verdict<?> ask(World world, UUID sessionId);
}
