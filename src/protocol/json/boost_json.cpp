// The one place where the JSON library itself is compiled; value.cpp uses its event parser and nothing else does.
#include <boost/json/src.hpp>
