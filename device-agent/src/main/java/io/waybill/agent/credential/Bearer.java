package io.waybill.agent.credential;

import java.util.function.Supplier;

/** What is shown of us over HTTP, as it is at the moment. */
public interface Bearer extends Supplier<String> {

  /** That one was refused for who we are; what is got from now on may be another one. */
  void refused(String shown);

  /** One that nothing replaces, such as an API key. */
  static Bearer of(String key) {
    return new Bearer() {
      @Override
      public String get() {
        return key;
      }

      @Override
      public void refused(String shown) {
        // there is no other
      }

      @Override
      public String toString() {
        return "Bearer";
      }
    };
  }
}
