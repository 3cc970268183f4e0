"""The door of the explorer: nobody's request reaches a page before somebody was let in. Plain HTTP, no Streamlit."""
