package io.waybill.agent.http;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The control plane over HTTP: one request per question. */
public final class HttpControlPlane implements ControlPlane {

  private final ApiClient api;

  /**
   * @param bearer an API key, or the credential of the device
   * @param trustedCertificates PEM file of the authorities to trust, null for the JVM's own
   */
  public HttpControlPlane(URI base, String bearer, @Nullable Path trustedCertificates) {
    this.api = new ApiClient(base, bearer, trustedCertificates);
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
