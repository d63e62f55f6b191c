// The name a thread has in debuggers, profilers and `top -H`: it says what the thread is for.
#pragma once

namespace takas {

/// Of the calling thread; at most 15 characters, which is what Linux keeps.
void name_this_thread(const char* name);

}  // namespace takas
