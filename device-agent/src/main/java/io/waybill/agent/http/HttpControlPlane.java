package io.waybill.agent.http;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;

/** The control plane over HTTP: one request per question. */
public final class HttpControlPlane implements ControlPlane {

  private final ApiClient api;

  public HttpControlPlane(ApiClient api) {
    this.api = api;
  }

  @Override
  public <R> Answer<R> ask(Question<R> question) throws UnreachableException, InterruptedException {
    return api.ask(Route.of(question), question.idempotencyKey(), question.answer());
  }

  @Override
  public String address() {
    return api.address();
  }

  @Override
  public String trouble() {
    return api.trouble();
  }

  @Override
  public void close() {
    api.close();
  }
}
