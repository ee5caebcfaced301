/** The server as the agent sees it: questions and answers, whichever way they travel. */
@NullMarked
package io.waybill.agent.control;

import org.jspecify.annotations.NullMarked;
