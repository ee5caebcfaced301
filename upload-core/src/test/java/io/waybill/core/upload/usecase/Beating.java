package io.waybill.core.upload.usecase;

import io.waybill.core.work.Heartbeat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A heartbeat in the test's hand: once, before the work, the test may do what it likes. */
final class Beating implements Heartbeat {

  Consumer<Supplier<Boolean>> midway = renew -> {};
  private @Nullable Supplier<Boolean> last;

  @Override
  public <T> T during(Supplier<T> work, Supplier<Boolean> renew) {
    Consumer<Supplier<Boolean>> now = midway;
    midway = ignored -> {};
    last = renew;
    now.accept(renew);
    return work.get();
  }

  Supplier<Boolean> lastRenew() {
    return java.util.Objects.requireNonNull(last);
  }
}
