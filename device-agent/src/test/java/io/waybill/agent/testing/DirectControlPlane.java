package io.waybill.agent.testing;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;

/** The fake server without any road in between; the road can be cut. */
public final class DirectControlPlane implements ControlPlane {

  private final FakeServer server;
  private volatile boolean cut;

  public DirectControlPlane(FakeServer server) {
    this.server = server;
  }

  public void cut(boolean now) {
    cut = now;
  }

  @Override
  public <R> Answer<R> ask(Question<R> question) throws UnreachableException {
    if (cut) {
      throw new UnreachableException("the road is cut");
    }
    try {
      return new Answer.Done<>(
          question.answer().cast(server.answer(question.command(), question.idempotencyKey())));
    } catch (FakeServer.Refusal refusal) {
      return new Answer.Refused<>(refusal.error());
    }
  }

  @Override
  public String address() {
    return "in this process";
  }

  @Override
  public String trouble() {
    return "nothing is in the way";
  }

  @Override
  public void close() {}
}
