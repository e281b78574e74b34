if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
