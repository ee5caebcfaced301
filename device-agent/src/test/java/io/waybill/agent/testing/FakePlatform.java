package io.waybill.agent.testing;

import java.io.IOException;

/** A process of its own for measuring the agent by hand: an API and a store that keeps nothing. */
public final class FakePlatform {

  private FakePlatform() {}

  public static void main(String[] args) throws IOException {
    LoopbackStore store = new LoopbackStore().forgetBytes();
    FakeApi api = new FakeApi(new FakeServer(store, 16 * FakeServer.MIB));
    System.out.println(api.url());
    while (System.in.read() >= 0) {
      // until whoever started us goes away
    }
  }
}
