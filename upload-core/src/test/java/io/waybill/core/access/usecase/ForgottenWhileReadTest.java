package io.waybill.core.access.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.app.Stores;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An identity changes while somebody else is reading it. */
class ForgottenWhileReadTest {

  private final World world = new World();
  private Runnable afterRead = () -> {};

  /** Lets something happen between what was read and who gets it. */
  private final Work<Stores> slow =
      new Work<>() {
        @Override
        public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
          return world.database.write(work);
        }

        @Override
        public <T> T read(Function<? super Stores, T> work) {
          T found = world.database.read(work);
          afterRead.run();
          return found;
        }
      };

  private final Authenticate authenticate =
      new Authenticate(
          new Ports<>(
              slow,
              world.store,
              world.ports.signer(),
              world.ports.ids(),
              world.time,
              world.ports.heartbeat()),
          Authenticate.LONGEST_CACHE);

  @Test
  void what_was_read_before_the_change_is_not_kept_after_it() {
    afterRead = this::disable;
    value(authenticate.bearer(Registry.KEY));

    afterRead = () -> {};
    assertThat(code(authenticate.bearer(Registry.KEY))).isEqualTo("auth.api_key_invalid");
  }

  private void disable() {
    world.database.addApiKey(
        Authenticate.hashOf(Registry.KEY),
        Registry.standing(Registry.person().identity(), Standing.INACTIVE));
    authenticate.forget();
  }
}
