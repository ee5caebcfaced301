package io.waybill.simulator;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.app.UseCases;
import java.util.function.Consumer;

/** Straight to the use cases of one process: the doors are left out, which is the fastest. */
record StraightRoad(Life life, Caller caller) implements Road {

  @Override
  public void send(Wish wish, Consumer<Heard> hears) {
    Replica to = life.anyReplica();
    life.start(
        new Flight(
                wish.id(),
                wish.goal().name(),
                to,
                () -> admitted(to.cases).then(in -> asked(to.cases, in, wish)),
                end -> hears.accept(heard(wish, end)))
            .about(wish.about().known()));
  }

  /** As every door does; people are known here. */
  private Verdict<Identity> admitted(UseCases cases) {
    Identity who = caller.identity();
    return who.isDevice()
        ? cases.access().authenticate().device(who.tenantId(), who.id())
        : Verdict.ok(who);
  }

  private Verdict<?> asked(UseCases cases, Identity in, Wish wish) {
    Caller now = new Caller(in, caller.requestId(), caller.transport());
    return new Asking(cases.uploads(), now, wish).call().get();
  }

  private static Heard heard(Wish wish, Flight.End end) {
    return switch (end) {
      case Flight.End.Answered(Object verdict) -> Heard.of((Verdict<?>) verdict);
      case Flight.End.Died(Outage of) -> new Heard.Refused(of.code(), 1);
      case Flight.End.Died(RuntimeException of) ->
          throw new Broken("a defect at " + wish.goal(), of);
    };
  }
}
